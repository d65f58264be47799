package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The passes over tables of different ids against a plain map, and events against the full comparison. */
class VectorTimestampTablesTest {
    /** Ids whose words run into one another: of 7 to 9 and of 16 bytes, each a prefix or a suffix of others. */
    @Provide
    Arbitrary<Map<String, Long>> counters() {
        Arbitrary<String> id = Arbitraries.of(
                "1234567",
                "12345678",
                "123456789",
                "12345678abcdefgh",
                "12345678abcdefghi",
                "9",
                "abcdefgh",
                "abcdefghi",
                "\uFFFD",
                "\uD83D\uDE00",
                "\u00E9t\u00E9");
        return Arbitraries.maps(id, Arbitraries.longs().between(0, 3)).ofMaxSize(11);
    }

    @Property
    void comparesAsMapsDo(@ForAll("counters") Map<String, Long> a, @ForAll("counters") Map<String, Long> b) {
        boolean below = false;
        boolean above = false;
        for (String id : merged(a, b).keySet()) {
            int order = Long.compare(a.getOrDefault(id, 0L), b.getOrDefault(id, 0L));
            below |= order < 0;
            above |= order > 0;
        }
        CausalityRelation expected = below
                ? above ? CausalityRelation.CONCURRENT : CausalityRelation.HAPPENS_BEFORE
                : above ? CausalityRelation.HAPPENS_AFTER : CausalityRelation.EQUAL;
        assertThat(VectorTimestamp.copyOf(a).compare(VectorTimestamp.copyOf(b))).isEqualTo(expected);
    }

    @Property
    void mergesAsMapsDo(@ForAll("counters") Map<String, Long> a, @ForAll("counters") Map<String, Long> b) {
        VectorTimestamp merged = VectorTimestamp.copyOf(a).merge(VectorTimestamp.copyOf(b));
        assertThat(merged.asMap()).isEqualTo(merged(a, b));
        assertThat(merged.nodes()).isSortedAccordingTo(NodeIds::compare);
    }

    @Property
    void receivesAsMapsDo(@ForAll("counters") Map<String, Long> a, @ForAll("counters") Map<String, Long> b) {
        VectorClock clock =
                VectorClock.restore("self", VectorTimestamp.copyOf(a)).tick();
        Map<String, Long> expected = new TreeMap<>(merged(a, b));
        expected.put("self", 2L);
        assertThat(clock.receive(VectorTimestamp.copyOf(b)).timestamp().asMap()).isEqualTo(expected);
    }

    /** Each number is a step: its node, and whom it hears from; the nodes learn of one another as they go. */
    @Property
    void eventsCompareAsInFull(@ForAll @Size(max = 40) List<@IntRange(max = 15) Integer> steps) {
        VectorClock[] clocks = new VectorClock[4];
        for (int n = 0; n < clocks.length; n++) {
            clocks[n] = VectorClock.of("node" + n);
        }
        List<VectorTimestamp> events = new ArrayList<>();
        for (int step : steps) {
            int to = step & 3;
            int from = step >> 2;
            clocks[to] = to == from ? clocks[to].tick() : clocks[to].receive(clocks[from].timestamp());
            events.add(clocks[to].timestamp());
        }
        for (VectorTimestamp e : events) {
            for (VectorTimestamp f : events) {
                assertThat(e.compareEvents(f)).isEqualTo(e.compare(f));
            }
        }
    }

    private static Map<String, Long> merged(Map<String, Long> a, Map<String, Long> b) {
        Map<String, Long> result = new HashMap<>(a);
        b.forEach((id, counter) -> result.merge(id, counter, Math::max));
        return result;
    }

    @Nested
    class Events {
        @Test
        void refuseATimestampOfNoKnownOwner() {
            VectorTimestamp event = VectorClock.of("a").tick().timestamp();
            VectorTimestamp merged = event.merge(event);
            assertThatThrownBy(() -> event.compareEvents(merged))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the other timestamp")
                    .hasMessageContaining("use compare");
            assertThatThrownBy(() -> merged.compareEvents(event))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("this timestamp");
        }
    }

    @Nested
    class StaleEntries {
        @Test
        void ofTheBaseAreNotCompared() {
            // Both sides have ticked since their bases were made, and learned of the other's ticks by no execution.
            VectorTimestamp a = VectorClock.restore("a", VectorTimestamp.of("a", 1, "b", 9))
                    .tick()
                    .timestamp();
            VectorTimestamp b = VectorTimestamp.of("a", 2, "b", 9);
            assertThat(a.compare(b)).isEqualTo(CausalityRelation.EQUAL);
            assertThat(b.compare(a)).isEqualTo(CausalityRelation.EQUAL);
            assertThat(a).hasSameHashCodeAs(b);
            assertThat(a.compare(VectorTimestamp.of("a", 3, "b", 8))).isEqualTo(CausalityRelation.CONCURRENT);
            assertThat(a.merge(b).asMap()).isEqualTo(Map.of("a", 2L, "b", 9L));
        }
    }
}
