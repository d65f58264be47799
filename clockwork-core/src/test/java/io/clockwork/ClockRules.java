package io.clockwork;

import static io.clockwork.testing.GoldenCases.entries;
import static io.clockwork.testing.GoldenCases.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.testing.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How clocks may differ from the crate's, as the rules of WIRE.md have it. */
final class ClockRules {
    /** The row "vector start" of section 3: the own id stands in a clock from the start, with 0. */
    private static final String START = "3:start";

    private ClockRules() {}

    static Set<String> same(VectorClock clock, JsonNode expected, Set<String> starting) {
        return same(clock, strings(expected), starting);
    }

    /** The same entries or, by the row "vector start", zeros besides for nodes that the crate started without. */
    static Set<String> same(VectorClock clock, Map<String, String> expected, Set<String> starting) {
        Map<String, String> actual = entries(clock.timestamp());
        if (actual.equals(expected)) {
            return Set.of();
        }
        Map<String, String> withZeros = new TreeMap<>(expected);
        starting.stream().filter(actual::containsKey).forEach(node -> withZeros.putIfAbsent(node, "0"));
        assertThat(actual).isEqualTo(withZeros);
        return Set.of(START);
    }

    /** Both operations refuse, name both counters and change nothing, of the value and of the live clock alike. */
    static String ownCounterAhead(Evidence input, VectorClock clock, VectorTimestamp remote) {
        AtomicVectorClock live = new AtomicVectorClock(clock);
        List<Runnable> refused = List.of(
                () -> clock.receive(remote),
                () -> clock.merge(remote),
                () -> live.receive(remote),
                () -> live.merge(remote));
        for (Runnable action : refused) {
            OwnCounterAheadException e = catchThrowableOfType(OwnCounterAheadException.class, action::run);
            assertThat(e.ownCounter()).isEqualTo(clock.timestamp().get(clock.node()));
            assertThat(e.remoteCounter()).isEqualTo(remote.get(clock.node()));
            assertThat(input.rule(e)).isEqualTo("2.3");
        }
        assertThat(entries(live.timestamp())).isEqualTo(entries(clock.timestamp()));
        return "2.3";
    }
}
