package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CausalGateTest {
    private final CausalGate<String> gate = CausalGate.create();

    /** An event as it comes from the wire: nobody knows its owner. */
    static TracedEvent event(String id, String causality) {
        return TracedEvent.of(id, "changed", new byte[0], VectorTimestamp.parse(causality));
    }

    /** An event whose origin is known. */
    private static TracedEvent event(String id, String origin, String causality) {
        VectorTimestamp owned =
                VectorClock.restore(origin, VectorTimestamp.parse(causality)).timestamp();
        return TracedEvent.of(id, "changed", new byte[0], owned);
    }

    @Nested
    class Offer {
        @Test
        void takesTheFirstEventOfAKey() {
            assertThat(gate.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.NEW);
            assertThat(gate.applied("k")).contains(VectorTimestamp.of("a", 1));
        }

        @Test
        void takesWhatHappenedAfterWhatWasApplied() {
            gate.offer("k", event("e1", "a=1"));
            assertThat(gate.offer("k", event("e2", "a=1,b=1"))).isEqualTo(Verdict.NEW);
            assertThat(gate.applied("k")).contains(VectorTimestamp.of("a", 1, "b", 1));
        }

        @Test
        void knowsARedeliveryByItsId() {
            gate.offer("k", event("e1", "a=1"));
            gate.offer("k", event("e2", "a=1,b=1"));
            assertThat(gate.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.DUPLICATE);
        }

        @Test
        void knowsARetryThatWasStampedAnewByItsId() {
            gate.offer("k", event("e1", "a=1"));
            assertThat(gate.offer("k", event("e1", "a=2"))).isEqualTo(Verdict.DUPLICATE);
            assertThat(gate.offer("k", event("e1", "b=1"))).isEqualTo(Verdict.DUPLICATE);
            assertThat(gate.applied("k")).contains(VectorTimestamp.of("a", 1));
        }

        @Test
        void knowsAnEqualTimestampWhateverTheId() {
            gate.offer("k", event("e1", "a=1"));
            assertThat(gate.offer("k", event("other", "a=1,b=0"))).isEqualTo(Verdict.DUPLICATE);
        }

        @Test
        void knowsWhatALaterEventOfTheSameOriginCovers() {
            gate.offer("k", event("e2", "a", "a=2"));
            assertThat(gate.offer("k", event("e1", "a", "a=1"))).isEqualTo(Verdict.DUPLICATE);
        }

        @Test
        void knowsTheSameDotUnderAnotherId() {
            gate.offer("k", event("e1", "a", "a=1"));
            gate.offer("k", event("e2", "b", "a=1,b=1"));
            assertThat(gate.offer("k", event("stamped anew", "a", "a=1"))).isEqualTo(Verdict.DUPLICATE);
        }

        @Test
        void callsALateFirstDeliveryFromElsewhereStale() {
            gate.offer("k", event("e2", "b", "a=1,b=1"));
            assertThat(gate.offer("k", event("e1", "a", "a=1"))).isEqualTo(Verdict.STALE);
            assertThat(gate.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.STALE);
        }

        @Test
        void recordsNothingOfWhatItDoesNotTake() {
            gate.offer("k", event("e1", "a=1"));
            assertThat(gate.offer("k", event("e2", "b=1"))).isEqualTo(Verdict.CONFLICTING);
            assertThat(gate.offer("k", event("e2", "b=1"))).isEqualTo(Verdict.CONFLICTING);
            assertThat(gate.applied("k")).contains(VectorTimestamp.of("a", 1));
        }

        @Test
        void keepsKeysApart() {
            gate.offer("k", event("e1", "a=1"));
            assertThat(gate.offer("l", event("e2", "b=1"))).isEqualTo(Verdict.NEW);
            assertThat(gate.offer("l", event("e1", "a=1"))).isEqualTo(Verdict.CONFLICTING);
        }

        @Test
        void refusesAnEventWithoutCausalityForItWouldPassForADuplicate() {
            assertThatThrownBy(() -> gate.offer("k", event("e1", "a=0")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("causality of event \"e1\" must count at least one event, was \"a=0\";"
                            + " stamp events with a clock's tick() or send()");
            gate.offer("k", event("e2", "a=1"));
            assertThatThrownBy(() -> gate.offer("k", event("e1", "a=0"))).isInstanceOf(IllegalArgumentException.class);
            gate.restore("l", VectorTimestamp.empty());
            assertThatThrownBy(() -> gate.offer("l", event("e1", "a=0"))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void takesCountersUpToTheLimit() {
            gate.offer("k", event("e1", "a=1"));
            assertThat(gate.offer("k", event("e2", "a=9223372036854775807"))).isEqualTo(Verdict.NEW);
            assertThat(gate.offer("k", event("e3", "a=9223372036854775806,b=9223372036854775807")))
                    .isEqualTo(Verdict.CONFLICTING);
        }

        @Test
        void refusesMoreNodesThanTheLimit() {
            CausalGate<String> narrow = CausalGate.builder().maxNodes(2).build();
            assertThatThrownBy(() -> narrow.offer("k", event("e1", "a=1,b=1,c=1")))
                    .hasMessage("causality of the event has 3 nodes, at most 2 are taken; raise maxNodes");
            assertThat(narrow.size()).isZero();
        }
    }

    @Nested
    class Effect {
        @Test
        void runsOnceForANewEventAndNeverForAnother() {
            List<String> effects = new ArrayList<>();
            assertThat(gate.offer("k", event("e1", "a=1"), e -> effects.add(e.id())))
                    .isEqualTo(Verdict.NEW);
            gate.offer("k", event("e1", "a=1"), e -> effects.add(e.id()));
            gate.offer("k", event("e2", "b=1"), e -> effects.add(e.id()));
            gate.offer("k", event("e3", "a=2"), e -> effects.add(e.id()));
            assertThat(effects).containsExactly("e1", "e3");
        }

        @Test
        void thatThrowsLeavesTheEventNew() {
            assertThatThrownBy(() -> gate.offer("k", event("e1", "a=1"), e -> {
                        throw new IOException("disk full");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(gate.size()).isZero();
            assertThat(gate.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.NEW);
        }

        @Test
        void mayUseTheGateAndFindsItsOwnKeyInProgress() {
            List<Verdict> inside = new ArrayList<>();
            gate.offer("k", event("e0", "a=1"));
            gate.offer("k", event("e1", "a=2"), e -> {
                inside.add(gate.offer("k", event("e2", "a=3")));
                inside.add(gate.offer("k", event("e1", "a=2")));
                inside.add(gate.offer("k", event("e0", "a=1")));
                inside.add(gate.offer("l", event("e2", "a=3")));
            });
            assertThat(inside)
                    .containsExactly(Verdict.IN_PROGRESS, Verdict.IN_PROGRESS, Verdict.DUPLICATE, Verdict.NEW);
        }

        @Test
        void runsUnderNoLock() {
            Verdict verdict = gate.offer("k", event("e1", "a=1"), e -> {
                // Would never end if this thread held the lock of the key's part.
                assertThat(CompletableFuture.supplyAsync(() -> gate.offer("k", event("e2", "b=1")))
                                .join())
                        .isEqualTo(Verdict.IN_PROGRESS);
            });
            assertThat(verdict).isEqualTo(Verdict.NEW);
        }
    }

    @Nested
    class Admit {
        @Test
        void showsWhatWasAppliedBefore() {
            try (Admission first = gate.admit("k", event("e1", "a=1"))) {
                assertThat(first.applied()).isEmpty();
                first.commit();
            }
            try (Admission second = gate.admit("k", event("e2", "b=1"))) {
                assertThat(second.verdict()).isEqualTo(Verdict.CONFLICTING);
                assertThat(second.applied()).contains(VectorTimestamp.of("a", 1));
            }
        }

        @Test
        void recordsTheJoinWhenAConflictIsResolved() {
            gate.offer("k", event("e1", "a=1"));
            try (Admission admission = gate.admit("k", event("e2", "b=1"))) {
                admission.commit();
            }
            assertThat(gate.applied("k")).contains(VectorTimestamp.of("a", 1, "b", 1));
            assertThat(gate.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.DUPLICATE);
            assertThat(gate.offer("k", event("e2", "b=1"))).isEqualTo(Verdict.DUPLICATE);
            assertThat(gate.offer("k", event("e3", "a=2"))).isEqualTo(Verdict.CONFLICTING);
            assertThat(gate.offer("k", event("e4", "a=2,b=1"))).isEqualTo(Verdict.NEW);
        }

        @Test
        void recordsAResolutionThatIsAnEventOfItsOwn() {
            gate.offer("k", event("e1", "a=1"));
            TracedEvent resolution = event("r", "a=1,b=1,c=1");
            try (Admission admission = gate.admit("k", event("e2", "b=1"))) {
                admission.commit(resolution);
            }
            assertThat(gate.applied("k")).contains(resolution.causality());
            assertThat(gate.offer("k", event("e2", "b=1"))).isEqualTo(Verdict.DUPLICATE);
            assertThat(gate.offer("k", resolution)).isEqualTo(Verdict.DUPLICATE);
            gate.offer("k", event("later", "a=1,b=1,c=2"));
            assertThat(gate.offer("k", resolution)).isEqualTo(Verdict.DUPLICATE);
        }

        @Test
        void refusesAResolutionThatDidNotKnowBothSidesAndStaysOpen() {
            gate.offer("k", event("e1", "a=1"));
            try (Admission admission = gate.admit("k", event("e2", "b=1"))) {
                assertThatThrownBy(() -> admission.commit(event("r", "b=1,c=1")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("must have happened after both sides")
                        .hasMessageContaining("was \"b=1,c=1\"; receive both timestamps");
                admission.commit(event("r", "a=1,b=1,c=1"));
            }
            assertThat(gate.applied("k")).contains(VectorTimestamp.parse("a=1,b=1,c=1"));
        }

        @Test
        void leavesNoTraceWhenClosedWithoutACommit() {
            gate.admit("k", event("e1", "a=1")).close();
            assertThat(gate.size()).isZero();
            assertThat(gate.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.NEW);
        }

        @Test
        void refusesToCommitTwiceOrAfterItsEnd() {
            Admission admission = gate.admit("k", event("e1", "a=1"));
            admission.commit();
            assertThatThrownBy(admission::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("admission of event \"e1\" is over; commit once, before it is closed");
            assertThatCode(admission::close).doesNotThrowAnyException();
        }

        @Test
        void doesNotEndTheAdmissionThatCameAfterIt() {
            Admission first = gate.admit("k", event("e1", "a=1"));
            first.close();
            try (Admission second = gate.admit("k", event("e1", "a=1"))) {
                first.close();
                assertThatThrownBy(first::commit).isInstanceOf(IllegalStateException.class);
                assertThat(gate.offer("k", event("e2", "a=2"))).isEqualTo(Verdict.IN_PROGRESS);
                second.commit();
            }
        }

        @Test
        void refusesToCommitWhatIsNotToBeApplied() {
            gate.offer("k", event("e2", "a=2"));
            try (Admission admission = gate.admit("k", event("e1", "a=1"))) {
                assertThatThrownBy(admission::commit)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("an event must be NEW or CONFLICTING to be committed, was STALE;"
                                + " look at verdict() first");
            }
        }

        @Test
        void keepsWhatWasRestoredInTheMeantime() {
            try (Admission admission = gate.admit("k", event("e1", "a=1"))) {
                gate.restore("k", VectorTimestamp.of("b", 7));
                admission.commit();
            }
            assertThat(gate.applied("k")).contains(VectorTimestamp.of("a", 1, "b", 7));
        }

        @Test
        void refusesMoreOpenAdmissionsThanKeys() {
            CausalGate<String> small = CausalGate.builder().maxKeys(1).build();
            Admission open = small.admit("k", event("e1", "a=1"));
            assertThatThrownBy(() -> small.admit("l", event("e2", "a=2")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("at most 1 admissions may be open at a time");
            open.close();
            small.admit("l", event("e2", "a=2")).close();
        }

        @Test
        void refusesAConflictWhoseJoinIsTooWideBeforeAnythingIsApplied() {
            CausalGate<String> narrow = CausalGate.builder().maxNodes(2).build();
            narrow.offer("k", event("e1", "a=1,b=1"));
            assertThatThrownBy(() -> narrow.admit("k", event("e2", "c=1,d=1")))
                    .hasMessage("what was applied to the key and this event together have 4 nodes,"
                            + " at most 2 are taken; raise maxNodes");
            assertThat(narrow.offer("k", event("e3", "a=2,b=1"))).isEqualTo(Verdict.NEW);
        }
    }
}
