package io.clockwork.analysis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Findings that are known and accepted, each with the reason. They are counted and listed in the report, not among the
 * findings; a rule that no finding matches is a warning there.
 *
 * <p>As text: one rule a line, an id, a space and the reason. Empty lines and those that begin with {@code #} mean nothing.
 */
public final class Suppressions {
    private static final Pattern ID = Pattern.compile("(race|atomicity|publication|deadlock)-[0-9a-f]{16}");
    private static final int MAX_RULES = 100_000;

    private final List<Rule> rules;

    /**
     * One accepted finding.
     *
     * @param id the finding's id, which does not depend on line numbers
     * @param reason why it is accepted; not blank
     */
    public record Rule(String id, String reason) {
        /** Creates a rule; throws {@link IllegalArgumentException} if the id is none or the reason is missing. */
        public Rule {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("a suppression begins with the id of a finding, such as"
                        + " race-0123456789abcdef, was \"" + SafeText.clean(cut(id)) + '"');
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException(
                        "a suppression needs a reason; say after " + id + " why it is right");
            }
        }

        private static String cut(String text) {
            return text.length() <= 60 ? text : text.substring(0, 60) + "...";
        }
    }

    private Suppressions(List<Rule> rules) {
        this.rules = rules;
    }

    /** {@return no suppressions} */
    public static Suppressions none() {
        return new Suppressions(List.of());
    }

    /** {@return these rules; throws {@link IllegalArgumentException} if two have the same id} */
    public static Suppressions of(List<Rule> rules) {
        Map<String, Rule> byId = new HashMap<>();
        for (Rule rule : rules) {
            if (byId.putIfAbsent(rule.id(), rule) != null) {
                throw new IllegalArgumentException("two rules suppress " + rule.id() + "; keep one, with both reasons");
            }
        }
        return new Suppressions(List.copyOf(rules));
    }

    /**
     * Returns the rules of a text.
     *
     * @throws IllegalArgumentException if a line is not a rule; the message names the line
     */
    public static Suppressions parse(String text) {
        List<Rule> rules = new ArrayList<>();
        List<String> lines = text.lines().limit(MAX_RULES + 1L).toList();
        if (lines.size() > MAX_RULES) {
            throw new IllegalArgumentException("more than " + MAX_RULES + " lines of suppressions; fix some findings");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+", 2);
            try {
                rules.add(new Rule(parts[0], parts.length < 2 ? "" : parts[1]));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return of(rules);
    }

    /**
     * Returns the rules of a file in UTF-8.
     *
     * @throws IllegalArgumentException if a line is not a rule; the message names the line
     */
    public static Suppressions read(Path file) throws IOException {
        return parse(Files.readString(Objects.requireNonNull(file, "file"), StandardCharsets.UTF_8));
    }

    /** {@return the rules, in the order in which they were given} */
    public List<Rule> rules() {
        return rules;
    }
}
