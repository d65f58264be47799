package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TracedEventReaderTest {
    private static final byte[] NOTHING = {};

    private static TracedEvent event(String id, String vector) {
        return TracedEvent.of(id, "type " + id, NOTHING, VectorTimestamp.parse(vector));
    }

    private static List<String> codes(EventLog log) {
        return log.diagnostics().stream().map(Diagnostic::code).toList();
    }

    private static Map<String, Integer> bySubject(EventLog log) {
        Map<String, Integer> events = new HashMap<>();
        for (int e = 0; e < log.size(); e++) {
            events.put(log.subject(e), e);
        }
        return events;
    }

    /** A run of nodes that send to each other; every step is an event. Parsed vectors have no owner. */
    private static List<TracedEvent> run(Random random, int length, boolean owned) {
        int nodes = 1 + random.nextInt(5);
        List<VectorClock> clocks = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            clocks.add(VectorClock.of("n" + n));
        }
        List<VectorTimestamp> sent = new ArrayList<>();
        List<TracedEvent> events = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            int node = random.nextInt(nodes);
            boolean receive = !sent.isEmpty() && random.nextInt(3) == 0;
            VectorClock clock = receive
                    ? clocks.get(node).receive(sent.get(random.nextInt(sent.size())))
                    : clocks.get(node).tick();
            clocks.set(node, clock);
            VectorTimestamp timestamp = clock.timestamp();
            sent.add(timestamp);
            VectorTimestamp given = owned ? timestamp : VectorTimestamp.copyOf(timestamp.asMap());
            events.add(TracedEvent.of("e" + i, "e" + i, NOTHING, given));
        }
        Collections.shuffle(events, random);
        return events;
    }

    private static void assertSameOrder(List<TracedEvent> events, EventLog log) {
        CausalGraph graph = CausalGraph.of(log);
        Map<String, Integer> numbers = bySubject(log);
        for (TracedEvent a : events) {
            for (TracedEvent b : events) {
                CausalityRelation expected = a.compare(b);
                assertThat(graph.relation(numbers.get(a.type()), numbers.get(b.type())))
                        .isEqualTo(expected);
            }
        }
    }

    @Property(tries = 500)
    void ordersEventsAsTheirVectorsDoInWhateverOrderTheyCome(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int length, @ForAll boolean owned) {
        List<TracedEvent> events = run(new Random(seed), length, owned);
        EventLog log = EventLog.of(events);
        assertThat(log.size()).isEqualTo(length);
        assertThat(log.diagnostics()).isEmpty();
        assertSameOrder(events, log);
    }

    @Property(tries = 500)
    void keepsTheOrderOfTheRestWhenEventsAreMissing(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int length) {
        Random random = new Random(seed);
        List<TracedEvent> events = run(random, length, true);
        events.removeIf(event -> random.nextInt(4) == 0);
        EventLog log = EventLog.of(events);
        assertThat(log.size()).isEqualTo(events.size());
        assertSameOrder(events, log);
    }

    @Property(tries = 500)
    void claimsNoOrderThatTheVectorsDoNotGiveWhenEventsWithoutOwnersAreMissing(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int length) {
        Random random = new Random(seed);
        List<TracedEvent> events = run(random, length, false);
        events.removeIf(event -> random.nextInt(4) == 0);
        EventLog log = EventLog.of(events);
        CausalGraph graph = CausalGraph.of(log);
        Map<String, Integer> numbers = bySubject(log);
        boolean placed = codes(log).stream().allMatch(code -> code.equals("MISSING_EVENT"));
        for (TracedEvent a : placed ? events : List.<TracedEvent>of()) {
            for (TracedEvent b : events) {
                if (graph.happensBefore(numbers.get(a.type()), numbers.get(b.type()))) {
                    assertThat(a.compare(b)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                }
            }
        }
    }

    @Test
    void findsWhoseEventEachIs() {
        EventLog log = EventLog.of(List.of(event("2", "a=1,b=1"), event("1", "a=1"), event("3", "a=1,b=2")));
        assertThat(log.taskCount()).isEqualTo(2);
        Map<String, Integer> events = bySubject(log);
        assertThat(log.service(log.task(events.get("type 1")))).isEqualTo("a");
        assertThat(log.service(log.task(events.get("type 2")))).isEqualTo("b");
        assertThat(log.sequence(events.get("type 3"))).isEqualTo(2);
        assertThat(log.diagnostics()).isEmpty();
    }

    @Test
    void countsWhatComesTwiceOnce() {
        TracedEvent one = event("1", "a=1");
        EventLog log = EventLog.of(
                List.of(one, one, event("1", "a=2"), event("2", "a=3").withInstant(Instant.EPOCH)));
        assertThat(log.size()).isEqualTo(2);
        assertThat(codes(log)).containsExactlyInAnyOrder("DUPLICATE", "CONFLICTING_ID");
        assertThat(log.isTimed()).isFalse();
    }

    @Test
    void tellsThatAnEventIsMissingAndStillOrdersTheRest() {
        EventLog log = EventLog.of(List.of(event("1", "a=1"), event("3", "a=2,b=5"), event("2", "b=5,a=2,c=1")));
        assertThat(codes(log)).contains("MISSING_EVENT");
        Map<String, Integer> events = bySubject(log);
        CausalGraph graph = CausalGraph.of(log);
        assertThat(graph.happensBefore(events.get("type 1"), events.get("type 3")))
                .isTrue();
        assertThat(graph.happensBefore(events.get("type 3"), events.get("type 2")))
                .isTrue();
    }

    @Test
    void keepsInstants() {
        Instant at = Instant.parse("2026-11-21T12:00:00.000000001Z");
        EventLog log = EventLog.of(List.of(event("1", "a=1").withInstant(at)));
        assertThat(log.nanos(0)).isEqualTo(at.getEpochSecond() * 1_000_000_000L + 1);
        EventLog far = EventLog.of(List.of(event("1", "a=1").withInstant(Instant.MAX)));
        assertThat(far.isTimed()).isFalse();
    }

    @Test
    void placesApartWhatIsNoNodesOwn() {
        EventLog log = EventLog.of(List.of(
                TracedEvent.of("0", "nothing known", NOTHING, VectorTimestamp.empty()),
                event("1", "a=1"),
                event("2", "a=1")));
        assertThat(log.size()).isEqualTo(3);
        assertThat(codes(log)).containsExactly("NO_OWNER");
        assertThat(CausalGraph.of(log).orders().get(0).concurrentPairs()).isEqualTo(3);
    }

    @Test
    void ofNothingIsEmpty() {
        assertThat(EventLog.of(List.<TracedEvent>of()).size()).isZero();
    }
}
