package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every acquire of a lock by who held others, grouped: the lock and its mode, what was held, and the place in the code. A
 * lock that its thread held already, in whatever mode, is not asked for.
 */
final class LockRequests {
    private final EventColumns log;
    private final HeldLocks held;
    private final Map<Key, Group> groups = new LinkedHashMap<>();

    private record Key(int hold, int set, int site) {}

    /** Requests that are alike, by task. */
    static final class Group {
        /** The lock times two, plus one if it is asked for exclusively. */
        final int hold;
        /** The number of the set of locks that are held. */
        final int set;

        final int site;
        final List<Requests> tasks = new ArrayList<>();
        private final Map<Integer, Requests> byTask = new HashMap<>();

        private Group(Key key) {
            hold = key.hold;
            set = key.set;
            site = key.site;
        }

        int lock() {
            return hold >> 1;
        }

        private void add(int task, int event) {
            byTask.computeIfAbsent(task, t -> {
                        Requests requests = new Requests(t);
                        tasks.add(requests);
                        return requests;
                    })
                    .events
                    .add(event);
        }
    }

    /** The requests of one task, in order. */
    static final class Requests {
        final int task;
        final IntColumn events = new IntColumn();

        private Requests(int task) {
            this.task = task;
        }
    }

    private LockRequests(EventColumns log) {
        this.log = log;
        held = new HeldLocks(log);
    }

    static LockRequests of(EventColumns log) {
        LockRequests requests = new LockRequests(log);
        requests.run();
        return requests;
    }

    List<Group> groups() {
        return List.copyOf(groups.values());
    }

    HeldLocks held() {
        return held;
    }

    private void run() {
        IntColumn setOfThread = new IntColumn();
        for (int e = 0; e < log.kinds.length; e++) {
            int set = held.advance(e);
            int thread = held.thread(e);
            while (setOfThread.size() <= thread) {
                setOfThread.add(0);
            }
            EventKind kind = log.kind(e);
            int before = setOfThread.get(thread);
            setOfThread.set(thread, set);
            boolean acquires = kind == EventKind.ACQUIRE || kind == EventKind.ACQUIRE_SHARED;
            if (acquires && before != 0 && !held.holds(before, log.subjects[e])) {
                int hold = log.subjects[e] << 1 | (kind == EventKind.ACQUIRE ? 1 : 0);
                groups.computeIfAbsent(new Key(hold, before, log.sites[e]), Group::new)
                        .add(log.tasks[e], e);
            }
        }
    }
}
