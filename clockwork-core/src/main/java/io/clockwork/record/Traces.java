package io.clockwork.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The traces of a recorder, and those of them that other services know. Safe for use by any number of threads. */
final class Traces {
    static final int MAX_ABROAD = 1024;
    private static final int INCARNATION_BITS = 30;
    private static final int RADIX = 32;

    private record Key(long high, long low) {}

    private final Room room;
    private final String node;
    private final String prefix;
    private final AtomicInteger next = new AtomicInteger();
    /** Least recently used first; guarded by itself. */
    private final Map<Key, Trace> abroad = new LinkedHashMap<>(16, 0.75f, true);
    /*
     * Ids must differ from process to process, and cost next to nothing: the thread's generator gives them, moved by a
     * number of this process that comes from the operating system, for two generators may begin alike.
     */
    private final long high;
    private final long low;

    Traces(Room room, String node) {
        this.room = room;
        this.node = node;
        prefix = node + '/';
        UUID key = UUID.randomUUID();
        high = key.getMostSignificantBits();
        low = key.getLeastSignificantBits();
    }

    /** {@return a trace that begins here} */
    Trace begin() {
        int number = next.getAndIncrement();
        boolean sampled = room.samples(number);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        TraceContext context = new TraceContext(
                random.nextLong() ^ high, random.nextLong() ^ low, 0, sampled ? TraceContext.SAMPLED : 0, "");
        return new Trace(number, sampled, context, prefix);
    }

    /** {@return the id of something sent: random, not 0} */
    long newSpan() {
        while (true) {
            long span = ThreadLocalRandom.current().nextLong() ^ low;
            if (span != 0) {
                return span;
            }
        }
    }

    /** {@return the trace that work which came in belongs to: it was here before, or began elsewhere} */
    Trace arrive(TraceContext context) {
        Key key = new Key(context.high(), context.low());
        synchronized (abroad) {
            Trace known = abroad.get(key);
            if (known != null) {
                return known;
            }
            int number = next.getAndIncrement();
            Trace trace = new Trace(number, room.samples(number), context, newPrefix());
            keep(key, trace);
            return trace;
        }
    }

    /*
     * The process that a trace began in is the only one that its id can have been in. In others it may have been before,
     * and be forgotten: in an earlier run, or among too many.
     */
    private String newPrefix() {
        int incarnation = ThreadLocalRandom.current().nextInt() ^ (int) high;
        String digits = Integer.toString(incarnation >>> (Integer.SIZE - INCARNATION_BITS), RADIX);
        return node + '#' + digits + '/';
    }

    /** {@return what {@code trace} knows of other services, which it meets now} */
    Abroad abroad(Trace trace) {
        Abroad known = trace.abroad();
        if (known != null) {
            return known;
        }
        synchronized (abroad) {
            known = trace.abroad();
            return known != null ? known : keep(new Key(trace.context.high(), trace.context.low()), trace);
        }
    }

    private Abroad keep(Key key, Trace trace) {
        Abroad known = trace.goAbroad();
        abroad.put(key, trace);
        if (abroad.size() > MAX_ABROAD) {
            Trace eldest = abroad.remove(abroad.keySet().iterator().next());
            Abroad forgotten = eldest == null ? null : eldest.abroad();
            if (forgotten != null) {
                forgotten.forget();
            }
        }
        return known;
    }
}
