package io.clockwork;

import static io.clockwork.CausalDelivery.Outcome.DELIVERED;
import static io.clockwork.CausalDelivery.Outcome.HELD;
import static io.clockwork.CausalDelivery.Outcome.REFUSED;
import static io.clockwork.CausalDeliveryTest.message;
import static io.clockwork.CausalDeliveryTest.payloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a member holds and whom it knows are bounded, and what it holds costs no more than it must. */
class CausalDeliveryLimitsTest {
    private final CausalDelivery<String> small =
            CausalDelivery.builder("me").maxHeld(2).maxSenders(3).build();

    @Test
    void refusesAMessageThatWouldWaitBeyondThem() {
        small.receive(message("a", "a=2"));
        small.receive(message("a", "a=3"));
        assertThat(small.receive(message("a", "a=4")).outcome()).isEqualTo(REFUSED);
        assertThat(small.refused()).isEqualTo(1);
        assertThat(small.held()).isEqualTo(2);
    }

    @Test
    void stillTakeWhatCanBeReleased() {
        small.receive(message("a", "a=2"));
        small.receive(message("a", "a=3"));
        small.receive(message("a", "a=4"));
        assertThat(payloads(small.receive(message("a", "a=1")).released())).containsExactly("a@a=1", "a@a=2", "a@a=3");
        assertThat(small.receive(message("a", "a=4")).outcome()).isEqualTo(DELIVERED);
    }

    @Test
    void dropWhatWaitedForANodeThatNothingElseNamed() {
        CausalDelivery<String> other = CausalDelivery.of("me");
        assertThat(other.receive(message("a", "a=1,c=1")).outcome()).isEqualTo(HELD);
        other.startFrom(VectorTimestamp.of("a", 1));
        assertThat(other.held()).isZero();
        assertThat(other.missing()).isEmpty();
        assertThat(other.receive(message("c", "c=1")).outcome()).isEqualTo(DELIVERED);
    }

    @Test
    void takeAsManySendersAsTheySayThemselvesAmongThem() {
        CausalDelivery<String> three =
                CausalDelivery.builder("me").maxSenders(3).build();
        three.startFrom(VectorTimestamp.of("a", 1, "b", 1));
        assertThatThrownBy(() -> three.retire("c")).hasMessageContaining("at most 3, would be 4");
    }

    @Test
    void countSendersThatWereHeldOrReleased() {
        small.receive(message("a", "a=1"));
        small.receive(message("b", "b=2"));
        assertThat(small.receive(message("c", "c=1")).outcome()).isEqualTo(REFUSED);
        assertThat(small.receive(message("a", "a=2")).outcome()).isEqualTo(DELIVERED);
        assertThatThrownBy(() -> small.startFrom(VectorTimestamp.of("c", 1)))
                .hasMessage("senders must be at most 3, would be 4; raise maxSenders");
        assertThatThrownBy(() -> small.retire("c")).isInstanceOf(IllegalArgumentException.class);
        assertThat(small.delivered()).isEqualTo(VectorTimestamp.of("a", 2));
    }

    @Test
    void holdUnderAFloodOfInventedSendersAndCauses() {
        for (int i = 0; i < 1_000; i++) {
            small.receive(message("x" + i, "x" + i + "=5,y" + i + "=7"));
        }
        assertThat(small.held()).isEqualTo(2);
        assertThat(small.refused()).isEqualTo(998);
        assertThat(small.delivered().size()).isEqualTo(1);
    }

    @Test
    void mayForbidWaiting() {
        CausalDelivery<String> none = CausalDelivery.builder("me").maxHeld(0).build();
        assertThat(none.receive(message("a", "a=2")).outcome()).isEqualTo(REFUSED);
        assertThat(none.receive(message("a", "a=1")).outcome()).isEqualTo(DELIVERED);
        assertThat(none.receive(message("a", "a=2")).outcome()).isEqualTo(DELIVERED);
    }

    @Test
    void areAtLeastSomething() {
        assertThatThrownBy(() -> CausalDelivery.builder("me").maxHeld(-1))
                .hasMessage("maxHeld must be from 0 to 2147483647, was -1");
        assertThatThrownBy(() -> CausalDelivery.builder("me").maxSenders(0))
                .hasMessage("maxSenders must be from 1 to 2147483647, was 0");
        assertThatThrownBy(() -> CausalDelivery.builder("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thirtyThousandMessagesInReverseAndInRandomOrderTakeNoRescans() {
        // A rescan of the buffer for each release would be 10^9 steps.
        int count = 30_000;
        List<CausalMessage<Integer>> messages = new ArrayList<>();
        CausalDelivery<Integer> sender = CausalDelivery.of("a");
        for (int i = 0; i < count; i++) {
            messages.add(sender.send(i));
        }
        Collections.reverse(messages);
        assertThat(released(messages)).isEqualTo(count);
        Collections.shuffle(messages, new Random(7));
        assertThat(released(messages)).isEqualTo(count);
    }

    private static int released(List<CausalMessage<Integer>> messages) {
        CausalDelivery<Integer> receiver =
                CausalDelivery.builder("b").maxHeld(messages.size()).build();
        int released = 0;
        for (CausalMessage<Integer> message : messages) {
            for (CausalMessage<Integer> next : receiver.receive(message).released()) {
                if (next.payload() != released++) {
                    throw new AssertionError("released out of order: " + next);
                }
            }
        }
        return released;
    }
}
