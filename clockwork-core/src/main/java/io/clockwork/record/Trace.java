package io.clockwork.record;

import java.util.concurrent.atomic.AtomicInteger;

/** What the tasks of one trace share: its id and the supply of vector components. */
final class Trace {
    final int id;
    /** Whether its events are kept. */
    final boolean sampled;

    final TraceContext context;

    private final AtomicInteger components = new AtomicInteger();

    Trace(int id, boolean sampled, TraceContext context) {
        this.id = id;
        this.sampled = sampled;
        this.context = context;
    }

    int newComponent() {
        return components.getAndIncrement();
    }
}
