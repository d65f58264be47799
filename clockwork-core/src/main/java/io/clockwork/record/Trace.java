package io.clockwork.record;

import io.clockwork.VectorTimestamp;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the tasks of one trace share: its id and the supply of vector components. */
final class Trace {
    final int id;
    /** Whether its events are kept. */
    final boolean sampled;

    final TraceContext context;
    /** What the names of its components begin with: no other trace of this id, in whatever process, has the same. */
    final String prefix;

    private final AtomicInteger components = new AtomicInteger();
    private volatile @Nullable Abroad abroad;

    Trace(int id, boolean sampled, TraceContext context, String prefix) {
        this.id = id;
        this.sampled = sampled;
        this.context = context;
        this.prefix = prefix;
    }

    int newComponent() {
        return components.getAndIncrement();
    }

    /** {@return what the trace knows of other services; null as long as nothing of it was sent or received} */
    @Nullable
    Abroad abroad() {
        return abroad;
    }

    Abroad goAbroad() {
        Abroad fresh = new Abroad(prefix);
        abroad = fresh;
        return fresh;
    }

    /** {@return a vector of the trace under the names that its components have everywhere} */
    VectorTimestamp timestamp(long[] vector) {
        Abroad known = abroad;
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (int i = 0; i < vector.length; i += 2) {
            int component = (int) vector[i];
            String name = component < Abroad.FIRST ? prefix + component : known == null ? null : known.name(component);
            if (name != null) {
                builder.put(name, vector[i + 1]);
            }
        }
        return builder.build();
    }
}
