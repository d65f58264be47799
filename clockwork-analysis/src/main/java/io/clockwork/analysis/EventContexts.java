package io.clockwork.analysis;

import io.clockwork.analysis.Deadlock.HeldLock;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What went on around some events of a log, worked out in one more pass for findings that are shown. */
final class EventContexts {
    private final EventLog log;
    private final EventColumns columns;
    private final Map<Integer, Context> contexts = new HashMap<>();

    /** The innermost operation of the task, and the locks that its thread held once the event was over. */
    private record Context(String operation, List<HeldLock> held, List<String> lockNames) {}

    private EventContexts(EventLog log) {
        this.log = log;
        columns = log.columns();
    }

    static EventContexts of(EventLog log, BitSet wanted) {
        EventContexts contexts = new EventContexts(log);
        contexts.run(wanted);
        return contexts;
    }

    private void run(BitSet wanted) {
        HeldLocks held = new HeldLocks(columns);
        Map<Integer, IntColumn> open = new HashMap<>();
        Map<Long, Integer> acquires = new HashMap<>();
        int end = wanted.length();
        for (int e = 0; e < end; e++) {
            int set = held.advance(e);
            int task = columns.tasks[e];
            int subject = columns.subjects[e];
            switch (columns.kind(e)) {
                case BEGIN -> open.computeIfAbsent(task, t -> new IntColumn()).add(subject);
                case END -> {
                    IntColumn operations = open.get(task);
                    if (operations != null && !operations.isEmpty()) {
                        operations.removeLast();
                    }
                }
                case ACQUIRE -> acquires.put(key(held.thread(e), subject << 1 | 1), e);
                case ACQUIRE_SHARED -> acquires.put(key(held.thread(e), subject << 1), e);
                default -> {
                    // changes neither locks nor operations
                }
            }
            if (wanted.get(e)) {
                IntColumn operations = open.get(task);
                String operation =
                        operations == null || operations.isEmpty() ? "" : columns.names.get(operations.last());
                List<HeldLock> locks = locks(held, set, held.thread(e), acquires);
                contexts.put(e, new Context(operation, locks, held.names(set)));
            }
        }
    }

    private static long key(int thread, int hold) {
        return (long) thread << 32 | hold;
    }

    private List<HeldLock> locks(HeldLocks held, int set, int thread, Map<Long, Integer> acquires) {
        List<HeldLock> locks = new ArrayList<>();
        for (int hold : held.holds(set)) {
            int event = acquires.getOrDefault(key(thread, hold), -1);
            String site = event < 0 ? "" : log.site(event);
            locks.add(new HeldLock(columns.names.get(hold >> 1), (hold & 1) == 0, event, site));
        }
        locks.sort(Comparator.comparing(HeldLock::lock));
        return locks;
    }

    private Context context(int event) {
        Context context = contexts.get(event);
        if (context == null) {
            throw new IllegalArgumentException("event " + event + " was not among those asked for");
        }
        return context;
    }

    Access access(int event) {
        Context context = context(event);
        int task = log.task(event);
        return new Access(
                event,
                task,
                log.taskName(task),
                context.operation(),
                log.service(task),
                log.thread(event),
                log.site(event),
                Accesses.writes(log.kind(event)),
                log.value(event),
                context.lockNames());
    }

    Deadlock.Side request(int event) {
        Context context = context(event);
        int task = log.task(event);
        String lock = log.subject(event);
        return new Deadlock.Side(
                event,
                task,
                log.taskName(task),
                context.operation(),
                log.service(task),
                log.thread(event),
                log.site(event),
                lock,
                log.kind(event) == EventKind.ACQUIRE_SHARED,
                context.held().stream()
                        .filter(held -> !held.lock().equals(lock))
                        .toList());
    }
}
