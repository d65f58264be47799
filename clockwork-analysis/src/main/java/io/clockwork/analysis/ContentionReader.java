package io.clockwork.analysis;

import io.clockwork.analysis.LockContention.Hold;
import io.clockwork.analysis.LockContention.Wait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pairs blocks with what ended them, and acquires with releases, in one pass over the events. */
final class ContentionReader {
    private static final int MOST_HOLDERS = 5;

    private final EventLog log;
    private final EventColumns columns;
    private final Operations operations;
    private final Map<Integer, Lock> locks = new HashMap<>();
    /** What each task is blocked on, by task and lock: the event. */
    private final Map<Long, Integer> blocked = new HashMap<>();

    private final Map<Long, Integer> held = new HashMap<>();

    private record Pair(String waiter, String holder) {}

    private static final class Waits {
        private long count;
        private long nanos;
        private long longest = -1;
        private String site = "";
    }

    private static final class Lock {
        private long acquires;
        private long givenUp;
        private long heldNanos;
        private final LongColumn waitStarts = new LongColumn();
        private final LongColumn waitEnds = new LongColumn();
        private final Map<Pair, Waits> waits = new HashMap<>();
        private final List<Hold> holds = new ArrayList<>();
    }

    private ContentionReader(EventLog log) {
        this.log = log;
        columns = log.columns();
        operations = Operations.of(log);
    }

    static List<LockContention> read(EventLog log) {
        ContentionReader reader = new ContentionReader(log);
        for (int e = 0; e < log.size(); e++) {
            reader.event(e);
        }
        List<LockContention> all = new ArrayList<>();
        reader.locks.forEach((name, lock) -> all.add(result(log.columns().names.get(name), lock)));
        all.sort(Comparator.comparingLong(LockContention::waitNanos)
                .reversed()
                .thenComparing(Comparator.comparingLong(LockContention::waits).reversed())
                .thenComparing(LockContention::lock));
        return List.copyOf(all);
    }

    private void event(int e) {
        switch (log.kind(e)) {
            case BLOCK -> blocked.put(key(e), e);
            case ACQUIRE, ACQUIRE_SHARED -> {
                got(e);
                held.put(key(e), e);
            }
            case ACQUIRE_PERMITS, AWAIT, TAKE -> got(e);
            case GIVE_UP -> {
                Integer block = blocked.remove(key(e));
                if (block != null) {
                    lock(e).givenUp++;
                    waited(block, e, "");
                }
            }
            case RELEASE, RELEASE_SHARED, WAIT -> released(e);
            default -> {
                // has to do with no lock
            }
        }
    }

    private long key(int e) {
        return (long) columns.tasks[e] << 32 | columns.subjects[e];
    }

    private Lock lock(int e) {
        return locks.computeIfAbsent(columns.subjects[e], s -> new Lock());
    }

    private void got(int e) {
        lock(e).acquires++;
        Integer block = blocked.remove(key(e));
        if (block != null) {
            waited(block, e, holder(e));
        }
    }

    /** {@return who released what an event got: where its latest sync edge from another task comes from} */
    private String holder(int e) {
        int latest = -1;
        for (int k = columns.edgeStarts[e]; k < columns.edgeStarts[e + 1]; k++) {
            if (columns.edgeSync[k] && columns.tasks[columns.edgeFrom[k]] != columns.tasks[e]) {
                latest = Math.max(latest, columns.edgeFrom[k]);
            }
        }
        return latest < 0 ? "" : operation(latest);
    }

    private void waited(int block, int e, String holder) {
        Lock lock = lock(e);
        long nanos = Math.max(0, log.nanos(e) - log.nanos(block));
        lock.waitStarts.add(log.nanos(block));
        lock.waitEnds.add(log.nanos(block) + nanos);
        Waits waits = lock.waits.computeIfAbsent(new Pair(operation(e), holder), p -> new Waits());
        waits.count++;
        waits.nanos += nanos;
        if (nanos > waits.longest) {
            waits.longest = nanos;
            waits.site = log.site(e);
        }
    }

    private void released(int e) {
        Integer acquire = held.remove(key(e));
        if (acquire != null) {
            Lock lock = lock(e);
            long nanos = Math.max(0, log.nanos(e) - log.nanos(acquire));
            lock.heldNanos += nanos;
            keepLongest(lock.holds, new Hold(operation(acquire), log.taskName(log.task(e)), nanos, log.site(acquire)));
        }
    }

    private static void keepLongest(List<Hold> holds, Hold hold) {
        int place = holds.size();
        while (place > 0 && holds.get(place - 1).nanos() < hold.nanos()) {
            place--;
        }
        if (place < MOST_HOLDERS) {
            holds.add(place, hold);
            if (holds.size() > MOST_HOLDERS) {
                holds.remove(MOST_HOLDERS);
            }
        }
    }

    private String operation(int e) {
        int open = operations.at(e);
        return open >= 0 ? operations.name(open) : log.taskName(log.task(e));
    }

    private static LockContention result(String name, Lock lock) {
        List<Wait> waiters = new ArrayList<>();
        lock.waits.forEach((pair, waits) ->
                waiters.add(new Wait(pair.waiter(), pair.holder(), waits.count, waits.nanos, waits.site)));
        waiters.sort(Comparator.comparingLong(Wait::nanos)
                .reversed()
                .thenComparing(Wait::waiter)
                .thenComparing(Wait::holder));
        long[] starts = lock.waitStarts.toArray();
        long[] ends = lock.waitEnds.toArray();
        long sum = 0;
        long longest = 0;
        for (int i = 0; i < starts.length; i++) {
            sum += ends[i] - starts[i];
            longest = Math.max(longest, ends[i] - starts[i]);
        }
        Arrays.sort(starts);
        Arrays.sort(ends);
        int waiting = 0;
        int most = 0;
        int convoys = 0;
        int ended = 0;
        for (long start : starts) {
            while (ends[ended] <= start && waiting > 0) {
                ended++;
                waiting--;
            }
            waiting++;
            convoys += waiting == 2 ? 1 : 0;
            most = Math.max(most, waiting);
        }
        return new LockContention(
                name,
                lock.acquires,
                starts.length,
                lock.givenUp,
                sum,
                longest,
                lock.heldNanos,
                most,
                convoys,
                waiters,
                lock.holds);
    }
}
