package io.clockwork;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node's vector clock: an immutable value whose operations return the next clock.
 *
 * <p>It never goes back: every operation either returns a clock that knows at least as much or throws and changes
 * nothing. For a clock that threads share, use {@link AtomicVectorClock}.
 *
 * <p>{@code tick} and {@code send} cost O(1) whatever the number of nodes; {@code receive} and {@code merge} cost as
 * much as a comparison, and a copy of the counters only when something was learned.
 */
public final class VectorClock {
    private final VectorTimestamp timestamp;

    VectorClock(VectorTimestamp timestamp) {
        this.timestamp = timestamp;
    }

    /** {@return a clock of {@code node} that knows only itself, at 0} */
    public static VectorClock of(String node) {
        return of(node, List.of());
    }

    /**
     * Returns a clock of {@code node} that knows itself and {@code peers}, all at 0; naming a peer twice changes nothing.
     *
     * @throws IllegalArgumentException if an id is illegal or a peer is {@code node} itself
     */
    public static VectorClock of(String node, Collection<String> peers) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder().put(node, 0);
        for (String peer : new LinkedHashSet<>(peers)) {
            if (peer.equals(node)) {
                throw new IllegalArgumentException(
                        "peer \"" + Excerpt.of(peer) + "\" is the clock's own node; name only the others");
            }
            builder.put(peer, 0);
        }
        return new VectorClock(VectorTimestamp.start(node, builder.build()));
    }

    /**
     * Returns the clock of {@code node} that stood at {@code timestamp}, as saved before.
     *
     * @throws IllegalArgumentException if the id is illegal
     */
    public static VectorClock restore(String node, VectorTimestamp timestamp) {
        return new VectorClock(VectorTimestamp.start(NodeIds.check(node), timestamp));
    }

    /** {@return the id of the clock's node} */
    public String node() {
        return timestamp.owner().orElseThrow();
    }

    /** {@return what the clock shows; its own state, so it costs nothing} */
    public VectorTimestamp timestamp() {
        return timestamp;
    }

    /**
     * Returns the clock after an internal event.
     *
     * @throws ClockOverflowException if the own counter is at its limit
     */
    public VectorClock tick() {
        return new VectorClock(timestamp.next());
    }

    /**
     * Returns the clock after sending a message, which carries the returned clock's {@link #timestamp()}.
     *
     * @throws ClockOverflowException if the own counter is at its limit
     */
    public VectorClock send() {
        return tick();
    }

    /**
     * Returns the clock after receiving a message: what both knew, and the own counter one higher.
     *
     * @throws OwnCounterAheadException if {@code remote} knows more of this node than the node itself
     * @throws ClockOverflowException if the own counter is at its limit
     */
    public VectorClock receive(VectorTimestamp remote) {
        return new VectorClock(timestamp.received(remote));
    }

    /**
     * Returns the clock that knows what both knew, without an event of its own.
     *
     * <p>Not a substitute for {@link #receive}: afterwards two clocks can be EQUAL without being one event.
     *
     * @throws OwnCounterAheadException if {@code remote} knows more of this node than the node itself
     */
    public VectorClock merge(VectorTimestamp remote) {
        return new VectorClock(timestamp.learned(remote));
    }

    /**
     * Returns the clock that knows what both knew and takes over its own counter from {@code remote} when that is
     * larger: for a node that restarted under its old id and lost its state.
     */
    public VectorClock recover(VectorTimestamp remote) {
        return new VectorClock(timestamp.recovered(remote));
    }

    /**
     * Returns the clock without {@code node}, which is gone for good: what this clock stamps from now on does not carry
     * it, and what messages say of it is not learned again. The last 1,024 nodes retired are remembered; one retired
     * before them would be learned anew.
     *
     * <p>No order is ever claimed that is not there, but one that is there may go unseen: an event that knew of {@code
     * node} and a later one stamped without it compare as CONCURRENT. Retire a node when the messages and stored
     * timestamps that name it no longer matter, on all nodes alike; a node that comes back must do so under a new
     * {@linkplain InstanceId instance id}.
     *
     * @throws IllegalArgumentException if {@code node} is no legal id, or the clock's own
     */
    public VectorClock retire(String node) {
        return new VectorClock(timestamp.retiring(node));
    }

    /** {@return whether both are clocks of the same node that show equal timestamps} */
    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof VectorClock other && node().equals(other.node()) && timestamp.equals(other.timestamp);
    }

    @Override
    public int hashCode() {
        return Objects.hash(node(), timestamp);
    }

    /** {@return the node and the timestamp, as in {@code a@a=1,b=0}} */
    @Override
    public String toString() {
        return node() + '@' + timestamp;
    }
}
