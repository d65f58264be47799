package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.record.EventKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order that only this run had: threads, locks and atomics, as events come in a linear extension of causality. */
final class RacewaySync {
    private static final int NONE = -1;

    private final EventLogBuilder log;
    private final Map<String, Last> lastOfThread = new HashMap<>();
    private final Map<String, Lock> locks = new HashMap<>();
    private final Map<String, Last> atomics = new HashMap<>();

    private record Last(int event, int task) {}

    private static final class Lock {
        private int release = NONE;
        private final Map<Integer, Integer> sharedReleases = new LinkedHashMap<>();
    }

    RacewaySync(EventLogBuilder log) {
        this.log = log;
    }

    static boolean isLock(EventKind kind) {
        return switch (kind) {
            case ACQUIRE, ACQUIRE_SHARED, RELEASE, RELEASE_SHARED -> true;
            default -> false;
        };
    }

    void order(RacewayEvent event, int task, EventKind kind, String subject, int number) {
        if (!event.thread.isEmpty() && !event.isOperation()) {
            String thread = event.service + '\n' + event.process + '\n' + event.thread;
            Last last = lastOfThread.put(thread, new Last(number, task));
            follow(last, task, number);
        }
        if (isLock(kind)) {
            lock(locks.computeIfAbsent(event.service + '\n' + subject, k -> new Lock()), kind, task, number);
        } else if (kind == EventKind.ATOMIC_READ) {
            follow(atomics.get(event.service + '\n' + subject), task, number);
        } else if (kind == EventKind.ATOMIC_UPDATE || kind == EventKind.ATOMIC_WRITE) {
            Last last = atomics.put(event.service + '\n' + subject, new Last(number, task));
            if (kind == EventKind.ATOMIC_UPDATE) {
                follow(last, task, number);
            }
        }
    }

    private void follow(@Nullable Last last, int task, int number) {
        if (last != null && last.task != task) {
            log.precedes(last.event, number);
        }
    }

    private void lock(Lock lock, EventKind kind, int task, int number) {
        switch (kind) {
            case RELEASE -> {
                lock.release = number;
                lock.sharedReleases.clear();
            }
            case RELEASE_SHARED -> lock.sharedReleases.put(task, number);
            case ACQUIRE -> {
                precede(lock.release, number);
                lock.sharedReleases.values().forEach(release -> precede(release, number));
                lock.sharedReleases.clear(); // whoever comes next follows them through this one
            }
            default -> precede(lock.release, number);
        }
    }

    private void precede(int release, int number) {
        if (release != NONE) {
            log.precedes(release, number);
        }
    }
}
