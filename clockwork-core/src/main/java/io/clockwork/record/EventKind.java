package io.clockwork.record;

/** What an event is. */
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
    /** A lock was acquired; the subject names it. */
    ACQUIRE,
    /** A lock was released; the subject names it. */
    RELEASE,
    /** Something else, which the subject describes. */
    CUSTOM
}
