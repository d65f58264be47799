package io.clockwork.record;

/**
 * What an event is.
 *
 * <p>An event's cause is an event of the past, but for a FORK and for releases that are not ordered with each other:
 * {@link #RELEASE_SHARED}, {@link #RELEASE_PERMITS} and {@link #COUNT_DOWN} name the release of the same object that was
 * entered before them, which may be concurrent with them. The {@link #ACQUIRE}, {@link #ACQUIRE_PERMITS} or {@link
 * #AWAIT} of the object that names one of them as its cause follows it and all that are reached from it this way, up to
 * and including the first event of another kind.
 */
public enum EventKind {
    /** A task goes on on a thread, which may have run another task before; the subject names the thread. */
    RESUME,
    /** A task set off another one; the subject names the new task. */
    FORK,
    /** A task waited for the end of another one; the subject names the ended task. */
    JOIN,
    /** An operation begins; the subject names it. */
    BEGIN,
    /** The operation that began last in this task, and has not ended yet, ends. */
    END,
    /** A variable was read; the subject names it. */
    READ,
    /** A variable was written; the subject names it. */
    WRITE,
    /** A variable was read atomically; the cause is the write that it saw, and has the value if this event has none. */
    ATOMIC_READ,
    /** A variable was written atomically; the subject names it. */
    ATOMIC_WRITE,
    /** A variable was read and written in one; the cause is the write that it saw, the value is the new one. */
    ATOMIC_UPDATE,
    /** Memory accesses were fenced; the subject says which. */
    FENCE,
    /** A lock was acquired; the subject names it, the cause is the release that it followed. */
    ACQUIRE,
    /** A lock was released; the subject names it. */
    RELEASE,
    /** A lock was acquired together with others who only share it; the cause is the last release by an exclusive holder. */
    ACQUIRE_SHARED,
    /** A shared hold of a lock was released; the cause is explained above. */
    RELEASE_SHARED,
    /** A lock, latch, semaphore or queue, which the subject names, was not free or ready: the task begins to wait. */
    BLOCK,
    /** An attempt to get what the subject names was given up: it was not free, or the time was up, or an interrupt came. */
    GIVE_UP,
    /** The holder of a lock, which the subject names, released it to wait for a signal; an ACQUIRE follows. */
    WAIT,
    /** The holder of a lock, which the subject names, signalled those who wait; the value numbers the lock's condition. */
    NOTIFY,
    /** Permits of a semaphore were acquired; the cause is the last of the releases that it may owe them to. */
    ACQUIRE_PERMITS,
    /** Permits were released to a semaphore; the cause is explained above. */
    RELEASE_PERMITS,
    /** A latch, which the subject names, was counted down; the cause is explained above. */
    COUNT_DOWN,
    /** A latch was seen open; the cause is the last of the count-downs that opened it. */
    AWAIT,
    /** An element was put into a queue, which the subject names. */
    PUT,
    /** An element was taken out of a queue; the cause is the event that put this element in. */
    TAKE,
    /** An element was seen and left in a queue; the cause is the event that put this element in. */
    PEEK,
    /** A request to another service was sent or came in; the subject names it, the value may be its address. */
    REQUEST,
    /** The answer to a request; the value may be its status. */
    RESPONSE,
    /** A message was sent; the subject names the channel. */
    SEND,
    /** A message was received; the subject names the channel. */
    RECEIVE,
    /** A database was asked; the subject names it, the value may be the query. */
    QUERY,
    /** A database answered; the value may be the number of rows. */
    RESULT,
    /** Something went wrong; the subject names the type of the error, the value may be its message. */
    ERROR,
    /** Something else, which the subject describes. */
    CUSTOM;

    /** Sees that an event of this kind says no more than that something happened. */
    void requireSimple() {
        if (compareTo(REQUEST) < 0 && this != FENCE) {
            throw new IllegalArgumentException(
                    "kind must be FENCE, REQUEST, RESPONSE, SEND, RECEIVE, QUERY, RESULT, ERROR or CUSTOM, was "
                            + this);
        }
    }
}
