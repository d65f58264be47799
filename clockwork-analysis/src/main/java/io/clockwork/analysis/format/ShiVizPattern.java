package io.clockwork.analysis.format;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to find the events in a log with vector clocks: the regular expressions that ShiViz asks for. Immutable.
 *
 * <p>Expressions are JavaScript's, with flags g and m. The parser has the named groups {@code host}, {@code clock} (a
 * JSON object of counters) and {@code event}; other groups do no harm. The delimiter stands between executions, and its
 * group {@code trace}, if there is one, names the execution that follows.
 *
 * <p>An expression that takes too long on a text is stopped: reading costs at most 256 looks at each character, and some
 * millions.
 *
 * @see <a href="https://doi.org/10.1145/2909480">I. Beschastnikh et al., <i>Debugging Distributed Systems</i>, CACM
 *     59(8), 2016</a>
 */
public final class ShiVizPattern {
    private static final String HOST_FIRST = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";
    private static final String EVENT_FIRST = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";
    private static final String DELIMITER = "^=== (?<trace>.*) ===$";
    private static final Pattern DELIMITER_LINE = Pattern.compile("=== .* ===");
    private static final int SAMPLE = 1 << 16;

    private final String parser;
    private final @Nullable String delimiter;
    private final ScriptRegex parserRegex;
    private final @Nullable ScriptRegex delimiterRegex;

    private ShiVizPattern(String parser, @Nullable String delimiter) {
        this.parser = parser;
        this.delimiter = delimiter;
        parserRegex = ScriptRegex.compile(parser);
        delimiterRegex = delimiter == null ? null : ScriptRegex.compile(delimiter);
        for (String group : new String[] {"host", "clock", "event"}) {
            if (!parserRegex.hasGroup(group)) {
                throw new LogFormatException("the expression " + Excerpt.of(parser) + " has no group (?<" + group
                        + ">...); it needs host, clock and event");
            }
        }
    }

    /**
     * Returns the pattern of a log of one execution.
     *
     * @throws LogFormatException if the expression is wrong or lacks one of its groups
     */
    public static ShiVizPattern of(String parser) {
        return of(parser, null);
    }

    /**
     * Returns the pattern of a log of several executions, or of one if {@code delimiter} is null or blank.
     *
     * @throws LogFormatException if an expression is wrong or lacks one of its groups
     */
    public static ShiVizPattern of(String parser, @Nullable String delimiter) {
        Objects.requireNonNull(parser, "parser");
        return new ShiVizPattern(parser, delimiter == null || delimiter.isBlank() ? null : delimiter);
    }

    /**
     * Finds the pattern of a log: the one that the log begins with, as files for ShiViz do (a line for the parser and
     * one for the delimiter, which may be blank), else one of the two usual forms, in which a line with host and clock
     * comes before or after the line of the event. If it begins with a line such as {@code === name ===}, such lines are
     * between its executions.
     *
     * @return the pattern, or empty if neither is there
     * @throws LogFormatException if the log begins with an expression that is wrong
     */
    static Optional<ShiVizPattern> detect(String text) {
        String parser = line(text, bodyStart(text)).strip();
        if (parser.contains("(?<host>") && parser.contains("(?<clock>") && parser.contains("(?<event>")) {
            return Optional.of(of(
                    parser, line(text, lineEnd(text, bodyStart(text))).strip()));
        }
        boolean several = DELIMITER_LINE.matcher(parser).matches();
        return usual(text).map(usual -> of(usual, several ? DELIMITER : null));
    }

    private static Optional<String> usual(String text) {
        int from = bodyStart(text);
        int to = text.length();
        while (to > from && ShiVizReader.isSpace(text.charAt(to - 1))) {
            to--;
        }
        int lastLine = text.lastIndexOf('\n', to - 1) + 1;
        String sample = text.substring(from, sampleEnd(text, from, to)).replace("\r\n", "\n");
        if (isClockLine(line(text, from))) {
            return Optional.of(HOST_FIRST);
        }
        ShiVizForms forms = new ShiVizForms(sample);
        if (isClockLine(line(text, lastLine)) && forms.eventFirst()) {
            return Optional.of(EVENT_FIRST);
        }
        return forms.hostFirst()
                ? Optional.of(HOST_FIRST)
                : forms.eventFirst() ? Optional.of(EVENT_FIRST) : Optional.empty();
    }

    /** {@return the end of a sample of whole lines, two at least, however long they are} */
    private static int sampleEnd(String text, int from, int to) {
        if (to - from <= SAMPLE) {
            return to;
        }
        int second = Math.min(to, lineEnd(text, lineEnd(text, from)));
        return Math.max(second, text.lastIndexOf('\n', from + SAMPLE));
    }

    private static boolean isClockLine(String line) {
        return new ShiVizForms(line.strip()).isClockLine();
    }

    /** {@return where the first line that is not blank begins} */
    private static int bodyStart(String text) {
        int start = 0;
        while (start < text.length() && ShiVizReader.isSpace(text.charAt(start))) {
            start++;
        }
        return text.lastIndexOf('\n', start - 1) + 1;
    }

    private static String line(String text, int from) {
        int end = text.indexOf('\n', from);
        String line = text.substring(from, end < 0 ? text.length() : end);
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    /** {@return where the log begins: behind the lines that say the pattern itself, if they are there} */
    int logStart(String text) {
        int start = bodyStart(text);
        if (!line(text, start).strip().equals(parser.strip())) {
            return 0;
        }
        int second = lineEnd(text, start);
        String line = line(text, second).strip();
        return line.isEmpty() || line.equals(delimiter == null ? "" : delimiter.strip())
                ? lineEnd(text, second)
                : second;
    }

    ScriptRegex parserRegex() {
        return parserRegex;
    }

    @Nullable
    ScriptRegex delimiterRegex() {
        return delimiterRegex;
    }

    /** {@return the expression for one event} */
    public String parser() {
        return parser;
    }

    /** {@return the expression for what stands between executions} */
    public Optional<String> delimiter() {
        return Optional.ofNullable(delimiter);
    }

    /** {@return both expressions} */
    @Override
    public String toString() {
        return delimiter == null ? parser : parser + " delimited by " + delimiter;
    }
}
