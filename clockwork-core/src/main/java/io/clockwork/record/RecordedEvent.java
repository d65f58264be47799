package io.clockwork.record;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event of a recording.
 *
 * @param dot its unique name
 * @param kind what it is
 * @param order how it is ordered with other memory accesses, if it is one; where null is given, what is {@linkplain
 *     MemoryOrder#usual usual} for its kind
 * @param subject what it is about: the name of a variable, lock, operation, task or thread
 * @param cause the event that this one follows, mostly of another task: the end of a joined task, the release before an
 *     acquire, the last event of the task that had the thread before. For a FORK, the task it set off, with sequence 0.
 *     {@link EventKind} says what it is for which kind
 * @param value what was read or written, if it was recorded
 * @param site where in the source code it happened, if that was recorded
 * @param nanos when it happened, in nanoseconds of {@code System.nanoTime}; meaningful only where times are recorded
 * @param message the message that was sent or received, where the event tells: a {@link EventKind#SEND} or {@link
 *     EventKind#REQUEST} is the sending that it names, a {@link EventKind#RECEIVE} or {@link EventKind#RESPONSE} follows it
 */
public record RecordedEvent(
        Dot dot,
        EventKind kind,
        @Nullable MemoryOrder order,
        String subject,
        @Nullable Dot cause,
        @Nullable Object value,
        @Nullable Site site,
        long nanos,
        @Nullable MessageId message) {
    /** Throws {@link IllegalArgumentException} if there is an order and the event is no memory access. */
    public RecordedEvent {
        MemoryOrder usual = MemoryOrder.usual(kind);
        if (order == null) {
            order = usual;
        } else if (usual == null) {
            throw new IllegalArgumentException(
                    "order must be null for " + kind + ", which is no memory access, was " + order);
        }
    }

    /** {@return the cause, if there is one} */
    public Optional<Dot> causedBy() {
        return Optional.ofNullable(cause);
    }
}
