package io.clockwork;

import java.util.Objects;

/**
 * A message of a group whose members deliver in causal order: what {@link CausalDelivery#send} makes, and what travels.
 *
 * <p>The timestamp counts messages, not events: at the sender, how many it had sent, this one included; at every other
 * node, how many messages of that node the sender had delivered before.
 *
 * @param sender the node that sent it
 * @param timestamp counts at least one message of the sender
 * @param payload what is sent
 */
public record CausalMessage<M>(String sender, VectorTimestamp timestamp, M payload) {
    /** Creates a message that came from outside; throws {@link IllegalArgumentException} if it counts not itself. */
    public CausalMessage {
        NodeIds.check(sender);
        Objects.requireNonNull(payload, "payload");
        if (timestamp.get(sender) < 1) {
            throw new IllegalArgumentException("timestamp of a message must count at least 1 for its sender \""
                    + Excerpt.of(sender) + "\", was \"" + Excerpt.of(timestamp.toString())
                    + "\"; stamp messages with CausalDelivery.send");
        }
    }

    /** {@return the number of this message among those of its sender, from 1 on} */
    public long number() {
        return timestamp.get(sender);
    }
}
