package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/** A stretch of a task's events, one column a member; written by the thread that runs the task. */
final class Segment {
    final byte[] kinds;
    final byte[] valueTypes;
    final int[] subjects;
    final int[] sites;
    /** A primitive value, or the packed dot of the cause. */
    final long[] data;

    final long[] nanos;
    /** Values that are no longs; made when the first one comes. */
    Object @Nullable [] objects;

    Segment(int capacity, boolean timed) {
        kinds = new byte[capacity];
        valueTypes = new byte[capacity];
        subjects = new int[capacity];
        sites = new int[capacity];
        data = new long[capacity];
        nanos = timed ? new long[capacity] : new long[0];
    }

    int capacity() {
        return kinds.length;
    }
}
