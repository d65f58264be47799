package io.clockwork.record;

/**
 * The unique name of an event inside a recording: a task and the event's place in it.
 *
 * @param task the task's number, from 0
 * @param sequence the event's place in its task, from 1
 */
public record Dot(int task, int sequence) {
    /** No event. */
    static final long NONE = 0;

    static long pack(int task, int sequence) {
        return ((long) task << 32) | sequence;
    }

    static int task(long packed) {
        return (int) (packed >>> 32);
    }

    static int sequence(long packed) {
        return (int) packed;
    }
}
