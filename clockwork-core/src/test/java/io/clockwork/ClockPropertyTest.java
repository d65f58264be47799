package io.clockwork;

import static io.clockwork.CausalityRelation.EQUAL;
import static io.clockwork.CausalityRelation.HAPPENS_AFTER;
import static io.clockwork.CausalityRelation.HAPPENS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.testing.ClockArbitraries;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.Execution;
import io.clockwork.testing.Execution.Event;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Laws of clocks over random executions, of ids and of Lamport timestamps. */
class ClockPropertyTest {
    @Provide
    Arbitrary<Execution> executions() {
        return Execution.executions(40);
    }

    @Provide
    Arbitrary<String> ids() {
        return ClockArbitraries.ids();
    }

    @Provide
    Arbitrary<LamportTimestamp> lamports() {
        return ClockArbitraries.lamports();
    }

    @Provide
    Arbitrary<VectorTimestamp> vectors() {
        return ClockArbitraries.vectors(5);
    }

    /** Text with what ids must not hold, too. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> any = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of('a', 'b')),
                Tuple.of(1, Arbitraries.of('=', ',', ':', '\n', '\u007F', '\uD800', '\uDC00')),
                Tuple.of(1, Arbitraries.chars().all()));
        return Arbitraries.oneOf(
                any.list().ofMaxSize(6).map(ClockPropertyTest::text),
                any.list().ofMinSize(80).ofMaxSize(300).map(ClockPropertyTest::text),
                ClockArbitraries.ids());
    }

    private static String text(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    @Property
    void vectorOrderIsExactlyHappensBefore(@ForAll("executions") Execution execution) {
        List<Event> events = execution.events();
        for (int a = 0; a < events.size(); a++) {
            for (int b = 0; b < events.size(); b++) {
                CausalityRelation relation =
                        events.get(a).vector().compare(events.get(b).vector());
                assertThat(relation == HAPPENS_BEFORE).isEqualTo(execution.happensBefore(a, b));
                assertThat(relation == HAPPENS_AFTER).isEqualTo(execution.happensBefore(b, a));
                assertThat(relation == EQUAL).isEqualTo(a == b);
            }
        }
    }

    @Property
    void lamportTimesGrowAlongHappensBefore(@ForAll("executions") Execution execution) {
        List<Event> events = execution.events();
        for (int a = 0; a < events.size(); a++) {
            for (int b = 0; b < events.size(); b++) {
                if (execution.happensBefore(a, b)) {
                    assertThat(events.get(a).lamport()).isLessThan(events.get(b).lamport());
                    assertThat(events.get(a).lamport().time())
                            .isLessThan(events.get(b).lamport().time());
                }
            }
        }
    }

    @Property
    void anEventsOwnCounterIsItsNumberInItsProcess(@ForAll("executions") Execution execution) {
        long[] made = new long[8];
        for (Event event : execution.events()) {
            String node = event.vector().owner().orElseThrow();
            assertThat(event.vector().get(node)).isEqualTo(++made[event.process()]);
        }
    }

    @Property
    void noOperationGoesBack(@ForAll("vectors") VectorTimestamp start, @ForAll("vectors") VectorTimestamp remote) {
        VectorClock clock = VectorClock.restore("a", start);
        for (Operation operation : Operation.values()) {
            AtomicVectorClock live = new AtomicVectorClock(clock);
            try {
                VectorTimestamp after = operation.of(clock, remote).timestamp();
                assertThat(clock.timestamp().compare(after)).isIn(HAPPENS_BEFORE, EQUAL);
                assertThat(after.owner()).contains("a");
                assertThat(operation.of(live, remote)).hasToString(after.toString());
                assertThat(live.timestamp()).hasToString(after.toString());
                if (operation != Operation.TICK) {
                    assertThat(remote.compare(after)).isIn(HAPPENS_BEFORE, EQUAL);
                    assertThat(after.nodes()).containsAll(remote.nodes());
                }
            } catch (ClockOverflowException | OwnCounterAheadException e) {
                assertThat(start.get("a") == Long.MAX_VALUE || remote.get("a") > start.get("a"))
                        .isTrue();
                assertThat(live.timestamp()).isSameAs(clock.timestamp());
            }
            assertThat(clock.timestamp().asMap()).containsAllEntriesOf(start.asMap());
        }
    }

    private enum Operation {
        TICK,
        RECEIVE,
        MERGE,
        RECOVER;

        VectorClock of(VectorClock clock, VectorTimestamp remote) {
            return switch (this) {
                case TICK -> clock.tick();
                case RECEIVE -> clock.receive(remote);
                case MERGE -> clock.merge(remote);
                case RECOVER -> clock.recover(remote);
            };
        }

        VectorTimestamp of(AtomicVectorClock clock, VectorTimestamp remote) {
            return switch (this) {
                case TICK -> clock.tick();
                case RECEIVE -> clock.receive(remote);
                case MERGE -> clock.merge(remote);
                case RECOVER -> clock.recover(remote);
            };
        }
    }

    @Property
    void lamportOrderIsTotalAndConsistentWithEquals(
            @ForAll("lamports") LamportTimestamp a,
            @ForAll("lamports") LamportTimestamp b,
            @ForAll("lamports") LamportTimestamp c) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a).isLessThanOrEqualTo(c);
        }
        if (a.time() < b.time()) {
            assertThat(a).isLessThan(b);
        }
    }

    @Property
    void parsingALamportTimestampIsTheInverseOfWriting(@ForAll("lamports") LamportTimestamp lamport) {
        assertThat(LamportTimestamp.parse(lamport.toString())).isEqualTo(lamport);
    }

    @Property
    void idsAreInTheOrderOfTheirUtf8Bytes(@ForAll("ids") String a, @ForAll("ids") String b) {
        int expected = Integer.signum(Arrays.compareUnsigned(ClockArbitraries.utf8(a), ClockArbitraries.utf8(b)));
        assertThat(Integer.signum(NodeIds.compare(a, b))).isEqualTo(expected);
        NodeTable left = NodeTable.ofSorted(new String[] {a});
        NodeTable right = NodeTable.ofSorted(new String[] {b});
        assertThat(Integer.signum(left.compareIds(0, right, 0))).isEqualTo(expected);
        assertThat(left.sameIds(right)).isEqualTo(expected == 0);
    }

    @Property
    void idsWithACommonStartAreInTheOrderOfTheirUtf8Bytes(
            @ForAll("ids") String start, @ForAll("ids") String a, @ForAll("ids") String b) {
        if (Evidence.isLegalId(start + a) && Evidence.isLegalId(start + b)) {
            idsAreInTheOrderOfTheirUtf8Bytes(start + a, start + b);
            idsAreInTheOrderOfTheirUtf8Bytes(start, start + b);
        }
    }

    @Property
    void legalIdsAreTakenAndNoOthers(@ForAll("texts") String text) {
        assertThat(NodeIds.problem(text) == null).isEqualTo(Evidence.isLegalId(text));
    }

    @Provide
    Arbitrary<List<String>> manyIds() {
        return Combinators.combine(ids(), ids().list().uniqueElements().ofMaxSize(20))
                .as((first, others) -> others.isEmpty() ? List.of(first) : others);
    }

    @Property
    void everyIdOfATableIsFoundAndNoOther(@ForAll("manyIds") List<String> nodes, @ForAll("ids") String other) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        nodes.forEach(node -> builder.put(node, 1));
        VectorTimestamp vector = builder.build();
        nodes.forEach(node -> assertThat(vector.get(node)).isEqualTo(1));
        assertThat(vector.contains(other)).isEqualTo(nodes.contains(other));
    }
}
