package io.clockwork.analysis;

import io.clockwork.analysis.internal.Names;
import java.util.Arrays;

/** What tracers say of a task that is a span: a row for each task up to the last one of which something is said. */
final class SpanColumns {
    private static final SpanKind[] KINDS = SpanKind.values();
    private static final int KIND = 7;
    private static final int ERROR = 8;
    private static final int SHARED = 16;

    private byte[] traits = new byte[0];
    private short[] statuses = new short[0];
    /** Numbers of names, 0 for none. */
    private int[] peers = new int[0];

    private int[] missingParents = new int[0];

    private void reach(int task) {
        if (task >= traits.length) {
            int length = Math.max(16, Math.max(task + 1, traits.length * 2));
            traits = Arrays.copyOf(traits, length);
            statuses = Arrays.copyOf(statuses, length);
            peers = Arrays.copyOf(peers, length);
            missingParents = Arrays.copyOf(missingParents, length);
        }
    }

    void kind(int task, SpanKind kind) {
        reach(task);
        traits[task] = (byte) ((traits[task] & ~KIND) | kind.ordinal());
    }

    void error(int task) {
        reach(task);
        traits[task] |= ERROR;
    }

    void shared(int task) {
        reach(task);
        traits[task] |= SHARED;
    }

    void status(int task, int status) {
        reach(task);
        statuses[task] = (short) status;
    }

    void peer(int task, int name) {
        reach(task);
        peers[task] = name;
    }

    void missingParent(int task, int name) {
        reach(task);
        missingParents[task] = name;
    }

    SpanKind kind(int task) {
        return task < traits.length ? KINDS[traits[task] & KIND] : SpanKind.UNKNOWN;
    }

    boolean isError(int task) {
        return task < traits.length && (traits[task] & ERROR) != 0;
    }

    boolean isShared(int task) {
        return task < traits.length && (traits[task] & SHARED) != 0;
    }

    int status(int task) {
        return task < traits.length ? statuses[task] : 0;
    }

    int peer(int task) {
        return task < traits.length ? peers[task] : 0;
    }

    int missingParent(int task) {
        return task < traits.length ? missingParents[task] : 0;
    }

    SpanColumns copy() {
        SpanColumns copy = new SpanColumns();
        copy.traits = traits.clone();
        copy.statuses = statuses.clone();
        copy.peers = peers.clone();
        copy.missingParents = missingParents.clone();
        return copy;
    }

    /** Says of a task of another log what this says of {@code task}. */
    void copyTo(EventLogBuilder to, int newTask, int task, Names names) {
        if (task >= traits.length) {
            return;
        }
        if (kind(task) != SpanKind.UNKNOWN) {
            to.spanKind(newTask, kind(task));
        }
        if (isError(task)) {
            to.error(newTask);
        }
        if (isShared(task)) {
            to.shared(newTask);
        }
        if (statuses[task] != 0) {
            to.status(newTask, statuses[task]);
        }
        if (peers[task] != 0) {
            to.peer(newTask, names.get(peers[task]));
        }
        if (missingParents[task] != 0) {
            to.missingParent(newTask, names.get(missingParents[task]));
        }
    }
}
