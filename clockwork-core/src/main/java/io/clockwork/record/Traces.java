package io.clockwork.record;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The traces of a recorder. Safe for use by any number of threads. */
final class Traces {
    private final Room room;
    private final AtomicInteger next = new AtomicInteger();
    /*
     * Ids must differ from process to process, and cost next to nothing: the thread's generator gives them, moved by a
     * number of this process that comes from the operating system, for two generators may begin alike.
     */
    private final long high;
    private final long low;

    Traces(Room room) {
        this.room = room;
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
        return new Trace(number, sampled, context);
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
}
