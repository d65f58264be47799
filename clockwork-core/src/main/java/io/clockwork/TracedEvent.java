package io.clockwork;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event in an envelope that says what it depends on; immutable.
 *
 * <p>The envelope is meant for what services exchange. It does not look at a wall clock: where an instant matters, the
 * caller gives it, and it never decides an order.
 */
public final class TracedEvent {
    private final String id;
    private final String type;
    private final byte[] payload;
    private final VectorTimestamp causality;
    private final @Nullable Instant instant;

    private TracedEvent(String id, String type, byte[] payload, VectorTimestamp causality, @Nullable Instant instant) {
        this.id = id;
        this.type = type;
        this.payload = payload;
        this.causality = causality;
        this.instant = instant;
    }

    /**
     * Returns an event.
     *
     * @param id unique among all events; not empty
     * @param type what happened, for instance {@code order.created}; not empty
     * @param payload copied
     * @param causality the timestamp of the event
     * @throws IllegalArgumentException if the id or the type is empty
     */
    public static TracedEvent of(String id, String type, byte[] payload, VectorTimestamp causality) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("event id must not be empty; without one duplicates go unseen");
        }
        if (type.isEmpty()) {
            throw new IllegalArgumentException("event type must not be empty; name what happened");
        }
        return new TracedEvent(id, type, payload.clone(), Objects.requireNonNull(causality, "causality"), null);
    }

    /**
     * Returns an event with an id of its own, made by {@link EventIds#system()}.
     *
     * @param type what happened, for instance {@code order.created}; not empty
     * @param payload copied
     * @param causality the timestamp of the event
     * @throws IllegalArgumentException if the type is empty
     */
    public static TracedEvent of(String type, byte[] payload, VectorTimestamp causality) {
        return of(EventIds.system().nextString(), type, payload, causality);
    }

    /** {@return this event with the wall-clock instant that the caller knows for it} */
    public TracedEvent withInstant(Instant instant) {
        return new TracedEvent(id, type, payload, causality, Objects.requireNonNull(instant, "instant"));
    }

    /** {@return the event's id} */
    public String id() {
        return id;
    }

    /** {@return what happened} */
    public String type() {
        return type;
    }

    /** {@return a copy of the payload} */
    public byte[] payload() {
        return payload.clone();
    }

    /** {@return the timestamp of the event} */
    public VectorTimestamp causality() {
        return causality;
    }

    /** {@return the wall-clock instant, where the caller gave one} */
    public Optional<Instant> instant() {
        return Optional.ofNullable(instant);
    }

    /** {@return how this event relates to {@code other}} */
    public CausalityRelation compare(TracedEvent other) {
        return causality.compare(other.causality);
    }

    /** {@return whether all members are equal} */
    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof TracedEvent other
                && id.equals(other.id)
                && type.equals(other.type)
                && causality.equals(other.causality)
                && Arrays.equals(payload, other.payload)
                && Objects.equals(instant, other.instant);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** {@return type, id and timestamp, for logs; the payload is not shown} */
    @Override
    public String toString() {
        return type + '[' + id + " @ " + causality + ']';
    }
}
