package io.clockwork.analysis;

import io.clockwork.record.EventKind;

/** Which kinds of events read and write variables. */
final class Accesses {
    private Accesses() {}

    static boolean reads(EventKind kind) {
        return kind == EventKind.READ || kind == EventKind.ATOMIC_READ || kind == EventKind.ATOMIC_UPDATE;
    }

    static boolean writes(EventKind kind) {
        return kind == EventKind.WRITE || kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE;
    }

    static boolean isAccess(EventKind kind) {
        return reads(kind) || writes(kind);
    }
}
