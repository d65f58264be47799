package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a point in some run of the program at which several tasks stand, each before one of some events.
 *
 * <p>The events that must have happened by then are closed under causality. In a <em>sync-preserving</em> run they are also
 * closed under what each read saw, under sync edges other than those of locks, and under this: of two that acquired one
 * lock, the first in the log has released it. Such events in the order of the log are a run of the program.
 *
 * @see <a href="https://doi.org/10.1145/3591291">H. C. Tunç, U. Mathur, A. Pavlogiannis, M. Viswanathan, <i>Sound Dynamic
 *     Deadlock Prediction in Linear Time</i>, PLDI 2023, Algorithm 2</a>
 */
final class Reordering {
    private static final int NONE = -1;
    /** The release of a lock that was acquired by who held it already: there is none. */
    private static final int NESTED = -2;

    private final EventColumns log;
    /** Where the events of each task start in {@code events}. */
    private final int[] starts;

    private final int[] events;
    /** For a read the write that it saw; for an acquire after a wait, and for each signal, the last signal before it. */
    private final int[] seen;
    /** For an acquire, its release. */
    private final int[] releases;

    private final int[] upTo;
    private final IntColumn touched = new IntColumn();
    private final IntColumn required = new IntColumn();
    private final Map<Integer, Lock> locks = new HashMap<>();
    private boolean syncPreserving;
    private boolean feasible;
    private long workLeft;

    /** What the closure has of one lock. */
    private static final class Lock {
        int lastExclusive = NONE;
        int last = NONE;
        /** Acquires whose release has not been required. */
        IntColumn open = new IntColumn();
    }

    Reordering(EventColumns log, long maxWork) {
        this.log = log;
        workLeft = maxWork;
        int n = log.kinds.length;
        starts = new int[log.taskNames.length + 1];
        for (int task : log.tasks) {
            starts[task + 1]++;
        }
        for (int t = 0; t < log.taskNames.length; t++) {
            starts[t + 1] += starts[t];
        }
        events = new int[n];
        seen = new int[n];
        releases = new int[n];
        upTo = new int[log.taskNames.length];
        Arrays.fill(seen, NONE);
        Arrays.fill(releases, NONE);
        link();
    }

    private void link() {
        HeldLocks held = new HeldLocks(log);
        Map<Integer, Integer> lastWrites = new HashMap<>();
        Map<Integer, Integer> lastSignals = new HashMap<>();
        Map<Integer, Integer> exclusive = new HashMap<>();
        Map<Long, Integer> shared = new HashMap<>();
        for (int e = 0; e < events.length; e++) {
            int task = log.tasks[e];
            events[starts[task] + log.sequences[e] - 1] = e;
            held.advance(e);
            int subject = log.subjects[e];
            EventKind kind = log.kind(e);
            if (Accesses.reads(kind)) {
                seen[e] = lastWrites.getOrDefault(subject, NONE);
            }
            if (Accesses.writes(kind)) {
                lastWrites.put(subject, e);
            }
            long sharer = (long) held.thread(e) << 32 | subject;
            switch (kind) {
                case ACQUIRE -> {
                    Integer before = exclusive.put(subject, e);
                    if (before != null && held.thread(before) == held.thread(e)) {
                        exclusive.put(subject, before);
                        releases[e] = NESTED;
                    }
                    if (wakesUp(e, subject)) {
                        seen[e] = lastSignals.getOrDefault(subject, NONE);
                    }
                }
                case RELEASE, WAIT -> release(exclusive.remove(subject), e);
                case ACQUIRE_SHARED -> {
                    if (shared.putIfAbsent(sharer, e) != null) {
                        releases[e] = NESTED;
                    }
                }
                case RELEASE_SHARED -> release(shared.remove(sharer), e);
                case NOTIFY -> {
                    Integer before = lastSignals.put(subject, e);
                    seen[e] = before == null ? NONE : before;
                }
                default -> {
                    // orders nothing but by its edges
                }
            }
        }
    }

    private void release(@Nullable Integer acquire, int release) {
        if (acquire != null) {
            releases[acquire] = release;
        }
    }

    private boolean wakesUp(int acquire, int lock) {
        for (int place = log.sequences[acquire] - 2; place >= 0; place--) {
            int before = events[starts[log.tasks[acquire]] + place];
            EventKind kind = log.kind(before);
            if (kind == EventKind.WAIT) {
                return log.subjects[before] == lock;
            }
            if (kind != EventKind.BLOCK && kind != EventKind.GIVE_UP && kind != EventKind.RESUME) {
                return false;
            }
        }
        return false;
    }

    /** {@return whether the work allowed was used up: later answers are "no" though they may be wrong} */
    boolean isExhausted() {
        return workLeft < 0;
    }

    /**
     * Returns one event of each list such that all tasks can stand before theirs, or null. Each list has events of one task
     * in their order, different tasks each. What has to happen before an event has to before later ones of its task, so the
     * closure only grows: O(n) in all.
     */
    int @Nullable [] standBefore(List<IntColumn> sides, boolean inSyncPreservingRun) {
        syncPreserving = inSyncPreservingRun;
        reset();
        int[] places = new int[sides.size()];
        for (IntColumn side : sides) {
            requirePast(side.get(0));
        }
        boolean moved = true;
        while (moved) {
            close();
            if (!feasible || workLeft < 0) {
                return null;
            }
            moved = false;
            for (int i = 0; i < places.length; i++) {
                IntColumn side = sides.get(i);
                int before = places[i];
                while (places[i] < side.size() && contains(side.get(places[i]))) {
                    places[i]++;
                }
                if (places[i] == side.size()) {
                    return null;
                }
                if (places[i] != before) {
                    moved = true;
                    requirePast(side.get(places[i]));
                }
            }
        }
        int[] found = new int[places.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = sides.get(i).get(places[i]);
        }
        return found;
    }

    private void reset() {
        while (!touched.isEmpty()) {
            upTo[touched.removeLast()] = 0;
        }
        while (!required.isEmpty()) {
            required.removeLast();
        }
        locks.clear();
        feasible = true;
    }

    private boolean contains(int event) {
        return log.sequences[event] <= upTo[log.tasks[event]];
    }

    /** Requires all that leads a task to where it stands before {@code event}. */
    private void requirePast(int event) {
        if (log.sequences[event] > 1) {
            required.add(events[starts[log.tasks[event]] + log.sequences[event] - 2]);
        }
        requireCauses(event);
    }

    private void requireCauses(int event) {
        for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1]; k++) {
            if (!log.edgeSync[k] || (syncPreserving && !isLockEdge(log.edgeFrom[k], event))) {
                required.add(log.edgeFrom[k]);
            }
        }
    }

    private boolean isLockEdge(int from, int to) {
        EventKind kind = log.kind(to);
        return switch (log.kind(from)) {
            case RELEASE, RELEASE_SHARED, WAIT ->
                log.subjects[from] == log.subjects[to]
                        && (kind == EventKind.ACQUIRE || kind == EventKind.ACQUIRE_SHARED);
            default -> false;
        };
    }

    private void close() {
        while (!required.isEmpty() && feasible && workLeft >= 0) {
            int event = required.removeLast();
            int task = log.tasks[event];
            if (upTo[task] == 0) {
                touched.add(task);
            }
            while (upTo[task] < log.sequences[event]) {
                workLeft--;
                enter(events[starts[task] + upTo[task]++]);
            }
        }
    }

    private void enter(int event) {
        requireCauses(event);
        if (!syncPreserving) {
            return;
        }
        if (seen[event] >= 0) {
            required.add(seen[event]);
        }
        EventKind kind = log.kind(event);
        if ((kind == EventKind.ACQUIRE || kind == EventKind.ACQUIRE_SHARED) && releases[event] != NESTED) {
            acquire(event, kind == EventKind.ACQUIRE);
        }
    }

    private void acquire(int event, boolean exclusively) {
        Lock lock = locks.computeIfAbsent(log.subjects[event], l -> new Lock());
        IntColumn open = new IntColumn();
        for (int i = 0; i < lock.open.size(); i++) {
            int other = lock.open.get(i);
            if (other < event && (exclusively || log.kind(other) == EventKind.ACQUIRE)) {
                requireRelease(other);
            } else {
                open.add(other);
            }
        }
        lock.open = open;
        if (event < (exclusively ? lock.last : lock.lastExclusive)) {
            requireRelease(event);
        } else {
            open.add(event);
        }
        lock.last = Math.max(lock.last, event);
        lock.lastExclusive = exclusively ? Math.max(lock.lastExclusive, event) : lock.lastExclusive;
    }

    private void requireRelease(int acquire) {
        if (releases[acquire] < 0) {
            feasible = false;
        } else {
            required.add(releases[acquire]);
        }
    }
}
