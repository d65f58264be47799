package io.clockwork.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityCodecException;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases.Case;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What came of one case: a value, or what was wrong. */
record CrateOutcome(Object value, CausalityCodecException error) {
    static CrateOutcome of(Supplier<Object> action) {
        try {
            return new CrateOutcome(action.get(), null);
        } catch (CausalityCodecException e) {
            return new CrateOutcome(null, e);
        }
    }

    /** {@return the crate's name for what went wrong, or "ok"} */
    String kind() {
        return error == null ? "ok" : kind(error, error.key().contains("Lamport") ? ':' : ',');
    }

    static String kind(CausalityCodecException error, char separator) {
        return switch (error.reason()) {
            case EMPTY -> separator == ':' ? "MissingDelimiter" : "Empty";
            case MISSING_DELIMITER -> "MissingDelimiter";
            case EMPTY_ID -> "EmptyNodeId";
            // A number above 64 bits is malformed to the crate, too.
            case BAD_NUMBER, COUNTER_OUT_OF_RANGE -> "InvalidTime";
            default -> error.reason().name();
        };
    }

    static String kindOfDetail(Case golden) {
        String detail = golden.err().path("detail").asText();
        Map<String, String> kinds = Map.of(
                "empty vector timestamp string", "Empty",
                "missing ':' delimiter", "MissingDelimiter",
                "missing '=' delimiter in segment", "MissingDelimiter",
                "empty node id", "EmptyNodeId");
        return detail.startsWith("invalid time value: ") ? "InvalidTime" : kinds.getOrDefault(detail, detail);
    }

    /** {@return the rule by which this differs from what the crate made of it; none where it does not} */
    Set<String> judge(Object expected, Evidence input) {
        if (value != null) {
            assertThat(value.toString()).isEqualTo(expected.toString());
            return Set.of();
        }
        return kind().equals(expected) ? Set.of() : Set.of(input.rule(error));
    }
}
