package io.clockwork;

import static io.clockwork.CausalDelivery.Outcome.DELIVERED;
import static io.clockwork.CausalDelivery.Outcome.DUPLICATE;
import static io.clockwork.CausalDelivery.Outcome.HELD;
import static io.clockwork.CausalDelivery.Outcome.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CausalDeliveryTest {
    private static final long MAX = Long.MAX_VALUE;
    private final CausalDelivery<String> me = CausalDelivery.of("me");

    static CausalMessage<String> message(String sender, String timestamp) {
        return new CausalMessage<>(sender, VectorTimestamp.parse(timestamp), sender + '@' + timestamp);
    }

    static List<String> payloads(List<CausalMessage<String>> messages) {
        return messages.stream().map(CausalMessage::payload).toList();
    }

    @Nested
    class Send {
        @Test
        void countsMessagesWithoutGapsOverWhatWasDelivered() {
            assertThat(me.send("one").timestamp()).isEqualTo(VectorTimestamp.of("me", 1));
            me.receive(message("a", "a=1"));
            CausalMessage<String> two = me.send("two");
            assertThat(two.timestamp()).isEqualTo(VectorTimestamp.of("a", 1, "me", 2));
            assertThat(two.number()).isEqualTo(2);
            assertThat(two.sender()).isEqualTo("me");
            assertThat(me.delivered()).isEqualTo(two.timestamp());
        }

        @Test
        void doesNotCountWhatIsOnlyHeld() {
            me.receive(message("a", "a=2"));
            assertThat(me.send("one").timestamp()).isEqualTo(VectorTimestamp.of("me", 1));
        }

        @Test
        void refusesAFullCounter() {
            me.startFrom(VectorTimestamp.of("me", MAX));
            assertThatThrownBy(() -> me.send("x")).isInstanceOf(ClockOverflowException.class);
            assertThat(me.delivered()).isEqualTo(VectorTimestamp.of("me", MAX));
        }
    }

    @Nested
    class Receive {
        @Test
        void releasesAMessageWhoseCausesAreThere() {
            var receipt = me.receive(message("a", "a=1"));
            assertThat(receipt.outcome()).isEqualTo(DELIVERED);
            assertThat(payloads(receipt.released())).containsExactly("a@a=1");
        }

        @Test
        void holdsAnAnswerUntilTheQuestionIsThere() {
            assertThat(me.receive(message("b", "a=1,b=1")).outcome()).isEqualTo(HELD);
            assertThat(me.held()).isEqualTo(1);
            var receipt = me.receive(message("a", "a=1"));
            assertThat(payloads(receipt.released())).containsExactly("a@a=1", "b@a=1,b=1");
            assertThat(me.held()).isZero();
        }

        @Test
        void keepsTheOrderOfOneSender() {
            me.receive(message("a", "a=3"));
            me.receive(message("a", "a=2"));
            assertThat(payloads(me.receive(message("a", "a=1")).released())).containsExactly("a@a=1", "a@a=2", "a@a=3");
        }

        @Test
        void knowsDuplicatesWhetherReleasedOrHeld() {
            me.receive(message("a", "a=1"));
            me.receive(message("a", "a=3"));
            assertThat(me.receive(message("a", "a=1")).outcome()).isEqualTo(DUPLICATE);
            assertThat(me.receive(message("a", "a=3")).outcome()).isEqualTo(DUPLICATE);
            assertThat(me.held()).isEqualTo(1);
        }

        @Test
        void takesItsOwnMessageComingBackForADuplicate() {
            CausalMessage<String> mine = me.send("one");
            assertThat(me.receive(mine).outcome()).isEqualTo(DUPLICATE);
        }

        @Test
        void refusesAMessageThatKnowsMoreOfThisMemberThanItself() {
            me.send("one");
            assertThatThrownBy(() -> me.receive(message("a", "a=1,me=2"))).isInstanceOf(OwnCounterAheadException.class);
            assertThatThrownBy(() -> me.receive(message("me", "me=2"))).isInstanceOf(OwnCounterAheadException.class);
            assertThat(me.delivered()).isEqualTo(VectorTimestamp.of("me", 1));
            assertThat(me.held()).isZero();
        }

        @Test
        void doesNotWidenItsTimestampsByNodesThatSentNothing() {
            me.receive(message("a", "a=1,ghost=0"));
            assertThat(me.send("x").timestamp().contains("ghost")).isFalse();
        }
    }

    @Nested
    class Waiting {
        @Test
        void tellsWhatAHeldMessageWaitsFor() {
            CausalMessage<String> held = message("b", "a=3,b=2,c=0");
            me.receive(message("a", "a=2"));
            me.receive(held);
            assertThat(me.waitingFor(held)).hasToString("[a#1..3, b#1]");
            me.receive(message("a", "a=1"));
            assertThat(me.waitingFor(held)).containsExactly(new MessageRange("a", 3, 3), new MessageRange("b", 1, 1));
            assertThat(me.waitingFor(message("b", "b=9"))).isEmpty();
            assertThat(me.waitingFor(message("z", "z=9"))).isEmpty();
        }

        @Test
        void tellsWhatToAskForAgain() {
            me.receive(message("a", "a=2"));
            me.receive(message("a", "a=5"));
            me.receive(message("b", "a=7,b=1"));
            assertThat(me.missing()).hasToString("[a#1, a#3..4, a#6..7]");
        }

        @Test
        void tellsNothingWhenNothingIsHeld() {
            me.receive(message("a", "a=1"));
            assertThat(me.missing()).isEmpty();
        }

        @Test
        void copesWithCountersAtTheLimit() {
            CausalMessage<String> forged = message("a", "a=" + MAX + ",b=" + MAX);
            me.receive(forged);
            assertThat(me.missing()).containsExactly(new MessageRange("a", 1, MAX - 1), new MessageRange("b", 1, MAX));
            assertThat(me.waitingFor(forged)).hasSize(2);
            me.receive(message("c", "a=" + MAX + ",c=1"));
            assertThat(me.missing()).contains(new MessageRange("a", 1, MAX - 1));
        }

        @Test
        void endsForForgedMessagesThatWaitForEachOther() {
            me.receive(message("a", "a=1,b=1"));
            me.receive(message("b", "a=1,b=1"));
            assertThat(me.held()).isEqualTo(2);
            assertThat(me.missing()).isEmpty();
            me.startFrom(VectorTimestamp.of("a", 1));
            assertThat(me.held()).isZero();
            assertThat(me.skipped()).isEqualTo(1);
        }
    }

    @Nested
    class StartFrom {
        @Test
        void letsALateMemberGoOnFromASnapshot() {
            me.receive(message("a", "a=101,b=7"));
            assertThat(payloads(me.startFrom(VectorTimestamp.of("a", 100, "b", 7))))
                    .containsExactly("a@a=101,b=7");
            assertThat(me.receive(message("a", "a=100")).outcome()).isEqualTo(DUPLICATE);
            assertThat(me.send("hi").timestamp()).isEqualTo(VectorTimestamp.parse("a=101,b=7,me=1"));
        }

        @Test
        void dropsAndCountsWhatTheSnapshotCovers() {
            me.receive(message("a", "a=2"));
            me.receive(message("a", "a=3,z=1"));
            me.receive(message("a", "a=5"));
            assertThat(payloads(me.startFrom(VectorTimestamp.of("a", 4)))).containsExactly("a@a=5");
            assertThat(me.skipped()).isEqualTo(2);
            assertThat(me.held()).isZero();
            assertThat(me.missing()).isEmpty();
        }

        @Test
        void adoptsTheOwnCounterOfAMemberThatLostItsState() {
            me.startFrom(VectorTimestamp.of("a", 3, "me", 9));
            assertThat(me.send("x").timestamp()).isEqualTo(VectorTimestamp.of("a", 3, "me", 10));
        }

        @Test
        void neverGoesBack() {
            me.receive(message("a", "a=1"));
            me.receive(message("a", "a=2"));
            me.startFrom(VectorTimestamp.of("a", 1, "zero", 0));
            assertThat(me.delivered()).isEqualTo(VectorTimestamp.of("a", 2));
            assertThat(me.delivered().contains("zero")).isFalse();
        }

        @Test
        void givesUpOnMessagesThatWillNeverCome() {
            me.receive(message("b", "a=1,b=1"));
            assertThat(payloads(me.startFrom(VectorTimestamp.of("a", 1)))).containsExactly("b@a=1,b=1");
        }
    }

    @Nested
    class Retire {
        @Test
        void releasesWhatWaitedForTheGoneSender() {
            me.receive(message("b", "a=5,b=1"));
            assertThat(payloads(me.retire("a"))).containsExactly("b@a=5,b=1");
            assertThat(me.receive(message("c", "a=9,c=1")).outcome()).isEqualTo(DELIVERED);
            assertThat(me.missing()).isEmpty();
        }

        @Test
        void releasesWhatIsHeldOfItInOrderAcrossItsGaps() {
            me.receive(message("a", "a=7"));
            me.receive(message("a", "a=3"));
            me.receive(message("a", "a=5,b=1"));
            assertThat(payloads(me.retire("a"))).containsExactly("a@a=3");
            assertThat(payloads(me.receive(message("b", "b=1")).released()))
                    .containsExactly("b@b=1", "a@a=5,b=1", "a@a=7");
        }

        @Test
        void stillDeliversItsHeldMessagesBeforeWhatDependsOnThem() {
            CausalMessage<String> dependent = message("c", "a=6,c=1");
            me.receive(message("a", "a=5,b=1"));
            me.receive(dependent);
            assertThat(me.retire("a")).isEmpty();
            assertThat(me.waitingFor(dependent)).hasToString("[a#1..5]");
            assertThat(me.missing()).hasToString("[b#1]");
            assertThat(payloads(me.receive(message("b", "b=1")).released()))
                    .containsExactly("b@b=1", "a@a=5,b=1", "c@a=6,c=1");
        }

        @Test
        void refusesItsLaterMessagesAndCountsThem() {
            me.receive(message("a", "a=1"));
            me.retire("a");
            assertThat(me.receive(message("a", "a=2")).outcome()).isEqualTo(RETIRED);
            assertThat(me.receive(message("a", "a=1")).outcome()).isEqualTo(DUPLICATE);
            assertThat(me.refused()).isEqualTo(1);
        }

        @Test
        void doesNotCallAMessageInASkippedGapADuplicate() {
            me.receive(message("a", "a=3"));
            me.retire("a");
            me.retire("a");
            assertThat(me.receive(message("a", "a=2")).outcome()).isEqualTo(RETIRED);
        }

        @Test
        void isNotForThisMember() {
            assertThatThrownBy(() -> me.retire("me"))
                    .hasMessage("retired sender must be another member, was \"me\", this one;"
                            + " drop this CausalDelivery instead");
        }
    }

    @Nested
    class Values {
        @Test
        void refuseAMessageThatDoesNotCountItself() {
            assertThatThrownBy(() -> message("a", "b=1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("timestamp of a message must count at least 1 for its sender \"a\", was \"b=1\";"
                            + " stamp messages with CausalDelivery.send");
            assertThatThrownBy(() -> message("a,b", "b=1")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuseAnEmptyRange() {
            assertThatThrownBy(() -> new MessageRange("a", 2, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new MessageRange("a", 0, 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void showAMembersStateInLogs() {
            me.receive(message("a", "a=2"));
            assertThat(me).hasToString("CausalDelivery[me delivered me=0, holds 1]");
            assertThat(me.node()).isEqualTo("me");
        }
    }
}
