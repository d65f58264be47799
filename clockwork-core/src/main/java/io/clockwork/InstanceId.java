package io.clockwork;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The id of one start of a service, {@code name#incarnation}: a restart gets another one, and so a vector component of
 * its own.
 *
 * <p>A restarted service that had lost its counter would repeat dots that others have seen; under a new id it cannot. The
 * incarnation is random because wall clocks repeat: sixty bits, so that even a million starts of one service collide with
 * a probability below one in two million.
 *
 * <pre>{@code
 * String node = InstanceId.start("orders", new SecureRandom()).toString(); // orders#0q3m1x9k2tz7
 * AtomicVectorClock clock = AtomicVectorClock.of(node);
 * }</pre>
 *
 * @param name the name of the service
 * @param incarnation which start of it; not empty and without {@code '#'}
 */
public record InstanceId(String name, String incarnation) {
    private static final char SEPARATOR = '#';
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 12;

    /** Creates an id; throws {@link IllegalArgumentException} if it could not name a node. */
    public InstanceId {
        if (name.isEmpty() || incarnation.isEmpty() || incarnation.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException(
                    "an instance id is name#incarnation, with neither part empty and no '#' in"
                            + " the incarnation, was \"" + Excerpt.of(name) + "\" and \"" + Excerpt.of(incarnation)
                            + '"');
        }
        NodeIds.check(name + SEPARATOR + incarnation);
    }

    /** {@return the id of a new start of {@code name}; {@code random} must be seeded anew at each start} */
    public static InstanceId start(String name, RandomGenerator random) {
        StringBuilder incarnation = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            incarnation.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new InstanceId(name, incarnation.toString());
    }

    /** {@return the id that {@code node} is, split at the last {@code '#'}; empty when it is a plain name} */
    public static Optional<InstanceId> parse(String node) {
        int at = node.lastIndexOf(SEPARATOR);
        return at <= 0 || at == node.length() - 1
                ? Optional.empty()
                : Optional.of(new InstanceId(node.substring(0, at), node.substring(at + 1)));
    }

    /** {@return the node id, {@code name#incarnation}} */
    @Override
    public String toString() {
        return name + SEPARATOR + incarnation;
    }
}
