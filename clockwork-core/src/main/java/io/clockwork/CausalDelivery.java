package io.clockwork;

import java.util.List;
import java.util.Objects;

/**
 * One member's end of a group that delivers messages in causal order: stamps what it sends, and releases what it receives
 * only after everything that the sender had delivered or sent before.
 *
 * <p>However the network delays, reorders and repeats, every message is released exactly once, after its causes, as soon
 * as they are there. Concurrent messages are released in the order of arrival, which may differ from member to member.
 *
 * <p>A timestamp here counts <i>messages</i>: message number <i>k</i> of node <i>p</i> has {@code p=k}, the numbers of a
 * sender have no gaps, and for another node <i>q</i> it says how many messages of <i>q</i> the sender had delivered. It
 * is released when {@code p=k-1} and every other entry have been reached. A {@link VectorClock}, which counts all events,
 * leaves gaps and does not fit: send with {@link #send}. Every member must receive every message of the group.
 *
 * <p>Not thread-safe, on purpose: the order would be lost again between two threads that each process what they got. Let
 * one thread call it and process what it releases, or guard both by one lock.
 *
 * <p>Bounded: at most {@code maxHeld} messages wait and {@code maxSenders} nodes are known. Over a limit a message is
 * {@link Outcome#REFUSED}, counted, and must be delivered again. A message whose causes are there is never refused for
 * want of room, so a full buffer drains as missing messages come in.
 *
 * <p>A message of <i>n</i> entries costs O(n) and, if it must wait, O(log held) for each cause that it waits for in turn;
 * the held ones are indexed by what they wait for and never rescanned.
 *
 * @see <a href="https://doi.org/10.1145/128738.128742">K. Birman, A. Schiper, P. Stephenson, <i>Lightweight Causal and
 *     Atomic Group Multicast</i>, ACM TOCS 9(3), 1991, section 5.1 (CBCAST)</a>
 */
public final class CausalDelivery<M> {
    private final int maxHeld;
    private final int maxSenders;
    private final CausalBuffer<M> buffer = new CausalBuffer<>();
    private final DeliverySender<M> self;
    /** What the next message depends on, owned by this node; the buffer's counters decide what is released. */
    private VectorTimestamp delivered;

    private long refused;
    private long skipped;

    private CausalDelivery(String node, int maxHeld, int maxSenders) {
        this.maxHeld = maxHeld;
        this.maxSenders = maxSenders;
        delivered = VectorClock.of(node).timestamp();
        self = buffer.know(node);
    }

    /** What became of a received message. */
    public enum Outcome {
        /** Released now, first in the list; messages that waited for it follow. */
        DELIVERED,
        /** Waits for its causes. */
        HELD,
        /** Was released, or is taken as such since {@link #startFrom}, or is held already. */
        DUPLICATE,
        /** Not kept, because a limit is reached: have it delivered again. */
        REFUSED,
        /** Not kept, because its sender was retired; perhaps a repetition of what was released since then. */
        RETIRED
    }

    /**
     * What a received message led to.
     *
     * @param outcome what became of the message itself
     * @param released the messages to process now, in this order
     */
    public record Receipt<M>(Outcome outcome, List<CausalMessage<M>> released) {
        /** Creates a receipt; copies the list. */
        public Receipt {
            Objects.requireNonNull(outcome, "outcome");
            released = List.copyOf(released);
        }
    }

    /** {@return the end of member {@code node} with the default limits; throws if the id is illegal} */
    public static <M> CausalDelivery<M> of(String node) {
        return builder(node).build();
    }

    /** {@return a builder that starts from the default limits; throws if the id is illegal} */
    public static Builder builder(String node) {
        return new Builder(NodeIds.check(node));
    }

    /**
     * Stamps a message that this member sends; here it counts as delivered, so process it before the next receipt.
     *
     * @throws ClockOverflowException if 2<sup>63</sup>&minus;1 messages were sent
     */
    public CausalMessage<M> send(M payload) {
        Objects.requireNonNull(payload, "payload");
        delivered = delivered.next();
        self.delivered++;
        return new CausalMessage<>(self.node, delivered, payload);
    }

    /**
     * Takes in a message from the network.
     *
     * @throws OwnCounterAheadException if it knows more messages of this member than the member has sent: it is forged, or
     *     the member restarted and lost its state, which {@link #startFrom} adopts
     */
    public Receipt<M> receive(CausalMessage<M> message) {
        long claimed = message.timestamp().get(self.node);
        if (claimed > self.delivered) {
            throw new OwnCounterAheadException(self.node, self.delivered, claimed);
        }
        DeliverySender<M> from = buffer.find(message.sender());
        if (from != null && from.has(message.number())) {
            return new Receipt<>(Outcome.DUPLICATE, List.of());
        }
        if (from != null && from.retired) {
            refused++;
            return new Receipt<>(Outcome.RETIRED, List.of());
        }
        DeliverySender.Held<M> arrived = new DeliverySender.Held<>(message);
        long need = buffer.advance(arrived);
        boolean roomForSender = buffer.knows(message.sender()) || buffer.knownSenders() < maxSenders;
        if (!roomForSender || (need > 0 && buffer.held() >= maxHeld)) {
            refused++;
            return new Receipt<>(Outcome.REFUSED, List.of());
        }
        if (need > 0) {
            buffer.hold(arrived, need);
            return new Receipt<>(Outcome.HELD, List.of());
        }
        return new Receipt<>(Outcome.DELIVERED, learn(buffer.release(arrived)));
    }

    private List<CausalMessage<M>> learn(List<CausalMessage<M>> released) {
        for (CausalMessage<M> message : released) {
            delivered = delivered.learned(buffer.withoutStrangers(message));
        }
        return released;
    }

    /**
     * Takes everything up to {@code timestamp} as delivered: for a member that joins late or restarts, with the
     * {@link #delivered()} of the state that it starts from; or to give up on messages that will never come.
     *
     * <p>Held messages that this covers are dropped, as part of that state, and counted in {@link #skipped()}.
     *
     * @return the held messages that are released by it
     * @throws IllegalArgumentException if that would make more than {@code maxSenders} senders; nothing is changed
     */
    public List<CausalMessage<M>> startFrom(VectorTimestamp timestamp) {
        VectorTimestamp.Builder counted = VectorTimestamp.builder();
        int more = 0;
        for (int i = 0; i < timestamp.size(); i++) {
            if (timestamp.counterAt(i) > 0) {
                counted.put(timestamp.nodeAt(i), timestamp.counterAt(i));
                more += buffer.knows(timestamp.nodeAt(i)) ? 0 : 1;
            }
        }
        checkSenders(more);
        VectorTimestamp start = counted.build();
        delivered = delivered.recovered(start);
        int before = buffer.held();
        buffer.raise(start);
        skipped += before - buffer.held();
        return List.copyOf(learn(buffer.releaseUpTo(start)));
    }

    /**
     * Stops waiting for a sender that is gone for good: its messages that are not here count as delivered, those that are
     * held are released in their order, later ones are {@link Outcome#RETIRED}. It still counts as one of the senders.
     *
     * <p>Each member decides for itself: what one has released of the gone sender and another never gets, they differ in.
     *
     * @return the held messages that are released by it
     * @throws IllegalArgumentException if it is this member itself, or would be one sender too many
     */
    public List<CausalMessage<M>> retire(String sender) {
        if (NodeIds.check(sender).equals(self.node)) {
            throw new IllegalArgumentException("retired sender must be another member, was \"" + Excerpt.of(sender)
                    + "\", this one; drop this CausalDelivery instead");
        }
        checkSenders(buffer.knows(sender) ? 0 : 1);
        return List.copyOf(learn(buffer.retire(sender)));
    }

    private void checkSenders(int more) {
        if (more > maxSenders - buffer.knownSenders()) {
            throw new IllegalArgumentException("senders must be at most " + maxSenders + ", would be "
                    + (buffer.knownSenders() + (long) more) + "; raise maxSenders");
        }
    }

    /** {@return this member's node id} */
    public String node() {
        return self.node;
    }

    /** {@return how many messages of each node were sent or released here: what to save, and give to a member that joins} */
    public VectorTimestamp delivered() {
        return delivered;
    }

    /** {@return how many messages wait for their causes} */
    public int held() {
        return buffer.held();
    }

    /** {@return how many received messages were REFUSED or RETIRED} */
    public long refused() {
        return refused;
    }

    /** {@return how many held messages {@link #startFrom} dropped} */
    public long skipped() {
        return skipped;
    }

    /**
     * Returns which messages must be released before {@code message} can be, by sender in code point order; some may be
     * held already. Empty when the message is not held. O(n).
     */
    public List<MessageRange> waitingFor(CausalMessage<M> message) {
        return buffer.waitingFor(message);
    }

    /**
     * Returns the messages that are waited for and not here, by sender in code point order: what to ask for again. Empty
     * exactly when nothing is held, unless forged timestamps wait for each other. O(held &times; n).
     */
    public List<MessageRange> missing() {
        return buffer.missing();
    }

    /** {@return the member, what it delivered and how many messages wait, for logs} */
    @Override
    public String toString() {
        return "CausalDelivery[" + self.node + " delivered " + delivered + ", holds " + buffer.held() + ']';
    }

    /** Collects the limits of a member's end. */
    public static final class Builder {
        private final String node;
        private int maxHeld = 10_000;
        private int maxSenders = 1_024;

        private Builder(String node) {
            this.node = node;
        }

        /** Sets how many messages may wait, at least 0; 10,000 unless set. */
        public Builder maxHeld(int limit) {
            maxHeld = Check.range("maxHeld", limit, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Sets how many nodes may send, this one included, at least 1; 1,024 unless set. */
        public Builder maxSenders(int limit) {
            maxSenders = Check.range("maxSenders", limit, 1, Integer.MAX_VALUE);
            return this;
        }

        /** {@return a member's end with these limits} */
        public <M> CausalDelivery<M> build() {
            return new CausalDelivery<>(node, maxHeld, maxSenders);
        }
    }
}
