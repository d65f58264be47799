package io.clockwork.record;

import java.util.concurrent.atomic.AtomicInteger;

/** What the tasks of one trace share: the supply of vector components. */
final class Trace {
    final int id;
    /** Whether its events are kept. */
    final boolean sampled;

    private final AtomicInteger components = new AtomicInteger();

    Trace(int id, boolean sampled) {
        this.id = id;
        this.sampled = sampled;
    }

    int newComponent() {
        return components.getAndIncrement();
    }
}
