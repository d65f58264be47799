package io.clockwork.record;

import java.util.concurrent.atomic.LongAdder;

/** A recorder, as far as its sinks may know it. */
record Source(String node, boolean isTimed, LongAdder drops, LongAdder misused, LongAdder refused)
        implements EventSource {
    @Override
    public long dropped() {
        return drops.sum();
    }

    @Override
    public long misuses() {
        return misused.sum();
    }

    @Override
    public long malformed() {
        return refused.sum();
    }
}
