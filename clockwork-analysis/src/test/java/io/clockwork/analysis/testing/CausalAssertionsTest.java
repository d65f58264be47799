package io.clockwork.analysis.testing;

import static io.clockwork.analysis.testing.CausalAssertions.assertCausalOrder;
import static io.clockwork.analysis.testing.CausalAssertions.assertConcurrent;
import static io.clockwork.analysis.testing.CausalAssertions.assertHappensAfter;
import static io.clockwork.analysis.testing.CausalAssertions.assertHappensBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityRelation;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CausalAssertionsTest {
    private final AtomicVectorClock orders = AtomicVectorClock.of("orders");
    private final AtomicVectorClock billing = AtomicVectorClock.of("billing");

    static String failure(ThrowingCallable assertion) {
        return catchThrowableOfType(AssertionError.class, assertion).getMessage();
    }

    @Nested
    class Timestamps {
        private final VectorTimestamp placed = orders.send();
        private final VectorTimestamp billed = billing.receive(placed);
        private final VectorTimestamp packed = orders.tick();

        @Test
        void inTheOrderThatIsAssertedPass() {
            assertHappensBefore(placed, billed);
            assertHappensAfter(billed, placed);
            assertConcurrent(billed, packed);
            assertCausalOrder(placed, billed, billing.tick());
        }

        @Test
        void thatAreConcurrentShowWhatEachLacks() {
            assertThat(failure(() -> assertHappensBefore(packed, billed))).isEqualTo("""
                expected a to happen before b, but they are concurrent.
                b has orders=1 and a has orders=2: b cannot have seen a.
                a has billing=0 and b has billing=1: a cannot have seen b.

                  node     a  b
                  billing  0  1   <-- decides
                  orders   2  1   <-- decides
                """);
        }

        @Test
        void inTheOtherOrderShowWhatOneHasSeen() {
            assertThat(failure(() -> assertHappensAfter(placed, billed))).isEqualTo("""
                expected a to happen after b, but a happened before b.
                a has billing=0 and b has billing=1, and no counter of a is larger: b has seen a.

                  node     a  b
                  billing  0  1   <-- decides
                  orders   1  1
                """);
        }

        @Test
        void thatAreOrderedAreNotConcurrent() {
            assertThat(failure(() -> assertConcurrent(billed, placed)))
                    .startsWith("expected a and b to be concurrent, but b happened before a.\n")
                    .contains("b has billing=0 and a has billing=1");
        }

        @Test
        void thatAreEqualAreNeitherOrderedNorConcurrent() {
            VectorTimestamp same = VectorTimestamp.parse("orders=1");
            assertThat(failure(() -> assertHappensBefore(placed, same))).isEqualTo("""
                expected a to happen before b, but they are equal.
                No node's counter differs: they are one event.

                  node    a  b
                  orders  1  1
                """);
            assertThat(failure(() -> assertConcurrent(placed, same))).contains("but they are equal");
        }

        @Test
        void ofAListSayWhichBreakTheOrder() {
            assertThat(failure(() -> assertCausalOrder(placed, billed, packed)))
                    .startsWith("expected each of 3 to happen before the next one, but they are concurrent.")
                    .contains("\n#3 has billing=0 and #2 has billing=1: #3 cannot have seen #2.\n");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> assertCausalOrder(placed))
                    .withMessage("an order is of two or more; there are 1");
        }

        @Test
        void theOwnersComponentDecidesWhereItIsKnown() {
            VectorTimestamp.Builder first = VectorTimestamp.builder();
            first.put("a-first", 3).put("zz", 1);
            AtomicVectorClock owner = AtomicVectorClock.of("orders");
            VectorTimestamp learned = owner.receive(first.build());
            assertThat(failure(() -> assertHappensBefore(learned, VectorTimestamp.of("b", 1))))
                    .contains("b has orders=0 and a has orders=1: b cannot have seen a.");
        }
    }

    @Nested
    class WideVectors {
        @Test
        void areCutAroundWhatDecides() {
            VectorTimestamp.Builder one = VectorTimestamp.builder();
            VectorTimestamp.Builder two = VectorTimestamp.builder();
            for (int i = 0; i < 1000; i++) {
                one.put(String.format("node%03d", i), i == 500 ? 12 : 7);
                two.put(String.format("node%03d", i), 7);
            }
            assertThat(failure(() -> assertHappensBefore(one.build(), two.build())))
                    .isEqualTo("""
                        expected a to happen before b, but b happened before a.
                        b has node500=7 and a has node500=12, and no counter of b is larger: a has seen b.

                          node      a  b
                          ... 498 more nodes
                          node498   7  7
                          node499   7  7
                          node500  12  7   <-- decides
                          node501   7  7
                          node502   7  7
                          ... 497 more nodes
                        """);
        }

        @Test
        void ofEqualCountersAreCut() {
            VectorTimestamp.Builder all = VectorTimestamp.builder();
            for (int i = 0; i < 100; i++) {
                all.put("node" + i, 7);
            }
            VectorTimestamp same = all.build();
            assertThat(failure(() -> assertConcurrent(same, same)).lines()).hasSizeLessThan(12);
        }
    }

    @Nested
    class Events {
        private final TracedEvent placed = TracedEvent.of("1", "order.placed", new byte[0], orders.send());
        private final TracedEvent billed =
                TracedEvent.of("2", "order.billed", new byte[0], billing.receive(placed.causality()));
        private final TracedEvent packed = TracedEvent.of("3", "order.packed", new byte[0], orders.tick());

        @Test
        void inTheOrderThatIsAssertedPass() {
            assertHappensBefore(placed, billed);
            assertHappensAfter(billed, placed);
            assertConcurrent(billed, packed);
            assertCausalOrder(placed, packed);
        }

        @Test
        void areNamedByTypeAndId() {
            assertThat(failure(() -> assertHappensBefore(billed, packed)))
                    .startsWith("expected a (order.billed, 2) to happen before b (order.packed, 3), but they are"
                            + " concurrent.\n");
            assertThat(failure(() -> assertHappensAfter(placed, billed)))
                    .startsWith("expected a (order.placed, 1) to happen after b (order.billed, 2), but a happened");
            assertThat(failure(() -> assertConcurrent(placed, billed)))
                    .startsWith(
                            "expected a (order.placed, 1) and b (order.billed, 2) to be concurrent, but a happened");
            assertThat(failure(() -> assertCausalOrder(placed, billed, packed)))
                    .startsWith("expected #2 (order.billed, 2) to happen before #3 (order.packed, 3), but they are");
        }

        @Test
        void withHostileNamesStayOnOneLine() {
            String name = "a\n\u001b[31m\u202e" + "x".repeat(500);
            TracedEvent hostile = TracedEvent.of(name, name, new byte[0], VectorTimestamp.of("\u202enode", 1));
            assertThat(failure(() -> assertHappensBefore(billed, hostile)))
                    .doesNotContain("\u001b", "\u202e", "x".repeat(60))
                    .contains("a\\u000a\\u001b[31m\\u202exxx", "...", "\\u202enode=1");
        }
    }

    @Property
    void exactlyOneOfTheFourRelationsIsAccepted(
            @ForAll @LongRange(max = 2) long a1,
            @ForAll @LongRange(max = 2) long a2,
            @ForAll @LongRange(max = 2) long b1,
            @ForAll @LongRange(max = 2) long b2) {
        VectorTimestamp a = VectorTimestamp.of("x", a1, "y", a2);
        VectorTimestamp b = VectorTimestamp.of("x", b1, "y", b2);
        CausalityRelation relation = a.compare(b);
        assertThat(passes(() -> assertHappensBefore(a, b))).isEqualTo(relation == CausalityRelation.HAPPENS_BEFORE);
        assertThat(passes(() -> assertHappensAfter(a, b))).isEqualTo(relation == CausalityRelation.HAPPENS_AFTER);
        assertThat(passes(() -> assertConcurrent(a, b))).isEqualTo(relation == CausalityRelation.CONCURRENT);
    }

    private static boolean passes(Runnable assertion) {
        try {
            assertion.run();
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
