package io.clockwork;

/**
 * Consecutive messages of one node.
 *
 * @param sender the node that sent them
 * @param first the number of the first one, at least 1
 * @param last the number of the last one, at least {@code first}
 */
public record MessageRange(String sender, long first, long last) {
    /** Creates a range; throws {@link IllegalArgumentException} if the numbers are out of range. */
    public MessageRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "range of messages must be from 1 or more to no less, was from " + first + " to " + last);
        }
    }

    /** {@return the range, as in {@code a#3..5} or {@code a#3}} */
    @Override
    public String toString() {
        return sender + '#' + first + (first == last ? "" : ".." + last);
    }
}
