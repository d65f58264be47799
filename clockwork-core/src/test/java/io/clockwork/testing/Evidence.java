package io.clockwork.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityCodecException;
import io.clockwork.ClockOverflowException;
import io.clockwork.OwnCounterAheadException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What a case's input holds, so that a refusal counts as one by a rule only when the input really breaks that rule.
 *
 * <p>Written from WIRE.md alone and not with the library's own checks, which are what it judges.
 */
public final class Evidence {
    private static final BigInteger LIMIT = BigInteger.valueOf(Long.MAX_VALUE);

    private final List<String> ids = new ArrayList<>();
    private final List<String> lamportIds = new ArrayList<>();
    private final List<BigInteger> counters = new ArrayList<>();

    /** {@return this, with a vector's entries} */
    public Evidence vector(Map<String, String> clocks) {
        ids.addAll(clocks.keySet());
        clocks.values().forEach(this::counter);
        return this;
    }

    /** {@return this, with a vector's entries in text form; those that are not well-formed say nothing} */
    public Evidence vectorText(String text) {
        for (String segment : text.split(",", -1)) {
            String entry = strip(segment);
            int equals = entry.indexOf('=');
            if (equals >= 0) {
                ids.add(entry.substring(0, equals));
                counter(entry.substring(equals + 1));
            }
        }
        return this;
    }

    /** {@return this, with an id of a vector} */
    public Evidence id(String id) {
        ids.add(id);
        return this;
    }

    /** {@return this, with a Lamport timestamp} */
    public Evidence lamport(String id, String time) {
        lamportIds.add(id);
        return counter(time);
    }

    /** {@return this, with a Lamport timestamp in text form; one that is not well-formed says nothing} */
    public Evidence lamportText(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? this : lamport(text.substring(0, colon), text.substring(colon + 1));
    }

    private Evidence counter(String decimal) {
        if (decimal.matches("\\+?[0-9]+")) {
            counters.add(new BigInteger(decimal));
        }
        return this;
    }

    /** {@return the number of the rule behind {@code refusal}; fails when the input does not break that rule} */
    public String rule(RuntimeException refusal) {
        if (refusal instanceof CausalityCodecException e) {
            return switch (e.reason()) {
                case ILLEGAL_ID -> illegalId(e);
                case COUNTER_OUT_OF_RANGE -> aboveLimit(e);
                case DUPLICATE_ID -> duplicate(e);
                case LIMIT_EXCEEDED -> longId(e);
                default -> throw new AssertionError("no rule refuses this", e);
            };
        }
        if (refusal instanceof ClockOverflowException) {
            assertThat(counters).as("a counter at the limit").contains(LIMIT);
            return "2.2";
        }
        if (refusal instanceof OwnCounterAheadException e) {
            assertThat(counters)
                    .as("the own counter that the message claims")
                    .contains(BigInteger.valueOf(e.remoteCounter()));
            assertThat(e.remoteCounter()).isGreaterThan(e.ownCounter());
            return "2.3";
        }
        if (refusal instanceof IllegalArgumentException
                && String.valueOf(refusal.getMessage()).startsWith("node id ")) {
            return illegalId(refusal);
        }
        throw new AssertionError("no rule refuses this", refusal);
    }

    private String illegalId(RuntimeException refusal) {
        boolean illegal = ids.stream().anyMatch(id -> !isLegalId(id))
                || lamportIds.stream().anyMatch(id -> !isLegalId(id) || id.contains(":"));
        assertThat(illegal)
                .as("an illegal id in the input, refused by: %s", refusal)
                .isTrue();
        return "1.1";
    }

    private String aboveLimit(RuntimeException refusal) {
        assertThat(counters.stream().anyMatch(c -> c.compareTo(LIMIT) > 0))
                .as("a counter above the limit in the input, refused by: %s", refusal)
                .isTrue();
        return "2.1";
    }

    private String duplicate(RuntimeException refusal) {
        assertThat(new HashSet<>(ids).size())
                .as("ids without duplicates, refused by: %s", refusal)
                .isLessThan(ids.size());
        return "4.3";
    }

    private String longId(RuntimeException refusal) {
        assertThat(longest(ids) > 255 || longest(lamportIds) > 255)
                .as("an id above 255 bytes in the input, refused by: %s", refusal)
                .isTrue();
        return "8.1";
    }

    private static int longest(Collection<String> texts) {
        return texts.stream()
                .mapToInt(t -> t.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }

    /** {@return whether {@code id} may stand in a vector: rule 1.1} */
    public static boolean isLegalId(String id) {
        return !id.isEmpty()
                && id.codePoints().noneMatch(c -> c <= 0x1F || (c >= 0x7F && c <= 0x9F) || c == '=' || c == ',')
                && id.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)
                && id.getBytes(StandardCharsets.UTF_8).length <= 255;
    }

    /** {@return {@code text} without optional white space at its ends: rule 4.3} */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && " \t".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && " \t".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }
}
