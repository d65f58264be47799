package io.clockwork.record;

import java.util.concurrent.atomic.AtomicInteger;

/** What the tasks of one trace share: the supply of vector components. */
final class Trace {
    final int id;
    private final AtomicInteger components = new AtomicInteger();

    Trace(int id) {
        this.id = id;
    }

    int newComponent() {
        return components.getAndIncrement();
    }
}
