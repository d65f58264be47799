package io.clockwork.analysis.format;

import io.clockwork.record.EventKind;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The locks of one task: what its {@code lock_set}s say and no event of its own does becomes events, too. */
final class RacewayHolds {
    private final Adder adder;
    private final Set<String> acquired = new HashSet<>();
    /** Those that only lock sets tell of. */
    private final Set<String> implied = new LinkedHashSet<>();

    /** Whoever adds an event to the log. */
    @FunctionalInterface
    interface Adder {
        int add(RacewayEvent event, int task, EventKind kind, String subject, long nanos);
    }

    RacewayHolds(Adder adder) {
        this.adder = adder;
    }

    /** Adds what an event implies; it follows. */
    void before(RacewayEvent event, EventKind kind, int task) {
        Set<String> named = event.locks.isEmpty() ? Set.of() : new HashSet<>(event.locks);
        for (Iterator<String> all = implied.iterator(); all.hasNext(); ) {
            String lock = all.next();
            if (!named.contains(lock)) {
                all.remove();
                adder.add(event, task, EventKind.RELEASE, lock, event.start());
            }
        }
        switch (kind) {
            case ACQUIRE, ACQUIRE_SHARED -> acquired.add(event.subject);
            case RELEASE, RELEASE_SHARED -> acquired.remove(event.subject);
            default -> {
                // changes no lock
            }
        }
        boolean releases = kind == EventKind.RELEASE || kind == EventKind.RELEASE_SHARED;
        for (String lock : event.locks) {
            boolean own = acquired.contains(lock) || (releases && lock.equals(event.subject));
            if (!own && implied.add(lock)) {
                adder.add(event, task, EventKind.ACQUIRE, lock, event.start());
            }
        }
    }

    /** Releases at the end of a task what only lock sets told of. */
    void end(RacewayEvent last, int task) {
        for (String lock : implied) {
            adder.add(last, task, EventKind.RELEASE, lock, last.end());
        }
        implied.clear();
    }
}
