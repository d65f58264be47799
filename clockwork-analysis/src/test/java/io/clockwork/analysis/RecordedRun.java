package io.clockwork.analysis;

import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.MessageId;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recording;
import io.clockwork.record.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A random run as a recorder would hold it: all kinds of edges, in the order of time. */
final class RecordedRun {
    private final Random random;
    /** All events in the order of time. */
    final List<RecordedEvent> events = new ArrayList<>();

    private final List<Work> tasks = new ArrayList<>();
    private final List<Work> ended = new ArrayList<>();
    /** By object, what its next user follows. */
    private final Map<String, Dot> last = new HashMap<>();

    private final Map<String, Dot> readers = new HashMap<>();
    private final Map<String, Integer> holders = new HashMap<>();
    private final Map<String, Work> onThread = new HashMap<>();
    private final List<MessageId> messages = new ArrayList<>();
    private int count;

    private static final class Work {
        final int id;
        final int trace;
        final @Nullable Dot origin;
        final List<String> held = new ArrayList<>();
        int sequence;
        boolean suspended;

        @Nullable
        String thread;

        Work(int id, int trace, @Nullable Dot origin) {
            this.id = id;
            this.trace = trace;
            this.origin = origin;
        }
    }

    private final Map<Integer, Work> all = new HashMap<>();

    RecordedRun(long seed, int length) {
        random = new Random(seed);
        add(0, null);
        add(1, null);
        while (events.size() < length) {
            step(tasks.get(random.nextInt(tasks.size())));
        }
    }

    private Work add(int trace, @Nullable Dot origin) {
        Work task = new Work(count++, trace, origin);
        all.put(task.id, task);
        tasks.add(task);
        return task;
    }

    private void step(Work task) {
        if (task.suspended) {
            String own = "thread of " + task.id;
            resume(task, own);
        }
        switch (random.nextInt(16)) {
            case 0 -> fork(task);
            case 1 -> join(task);
            case 2 -> exclusive(task, "lock " + random.nextInt(2));
            case 3 -> shared(task, "rw " + random.nextInt(2));
            case 4 -> exclusive(task, "rw " + random.nextInt(2));
            case 5, 6 -> release(task);
            case 7 -> chained(task, "semaphore", EventKind.RELEASE_PERMITS, EventKind.ACQUIRE_PERMITS);
            case 8 -> chained(task, "latch", EventKind.COUNT_DOWN, EventKind.AWAIT);
            case 9 -> message(task);
            case 10 -> {
                String thread = "thread " + random.nextInt(3);
                Work before = onThread.get(thread);
                if (task.held.isEmpty() && (before == null || before.held.isEmpty())) {
                    resume(task, thread);
                }
            }
            case 11 -> event(task, random.nextBoolean() ? EventKind.BEGIN : EventKind.END, "operation", null, null);
            default -> access(task);
        }
    }

    /** A thread runs one task at a time: who was on it has to go on elsewhere. */
    private void resume(Work task, String thread) {
        if (task.thread != null) {
            onThread.remove(task.thread);
        }
        Work before = onThread.put(thread, task);
        if (before != null && before != task) {
            before.thread = null;
            before.suspended = true;
        }
        task.suspended = false;
        task.thread = thread;
        event(task, EventKind.RESUME, thread, last.get(thread), null);
    }

    private void fork(Work task) {
        if (tasks.size() < 7) {
            Dot child = new Dot(count, 0);
            add(task.trace, event(task, EventKind.FORK, "child", child, null));
        }
    }

    /** Now and then a task that was joined goes on. */
    private void join(Work task) {
        Work child = tasks.get(random.nextInt(tasks.size()));
        if (child != task && child.sequence > 0 && child.held.isEmpty() && child.id > 1) {
            ended.add(child);
            tasks.remove(child);
        }
        if (!ended.isEmpty()) {
            Work joined = ended.get(random.nextInt(ended.size()));
            event(task, EventKind.JOIN, "child", new Dot(joined.id, joined.sequence), null);
            if (random.nextInt(20) == 0 && tasks.size() < 7 && ended.remove(joined)) {
                tasks.add(joined);
            }
        }
    }

    private void exclusive(Work task, String lock) {
        if (!holders.containsKey(lock)) {
            holders.put(lock, -1);
            task.held.add(lock);
            Dot reader = readers.remove(lock);
            event(task, EventKind.ACQUIRE, lock, reader == null ? last.get(lock) : reader, null);
        }
    }

    private void shared(Work task, String lock) {
        if (holders.getOrDefault(lock, 0) >= 0 && !task.held.contains(lock)) {
            holders.merge(lock, 1, Integer::sum);
            task.held.add(lock);
            event(task, EventKind.ACQUIRE_SHARED, lock, last.get(lock), null);
        }
    }

    private void release(Work task) {
        if (task.held.isEmpty()) {
            return;
        }
        String lock = task.held.remove(random.nextInt(task.held.size()));
        int holds = holders.getOrDefault(lock, 0);
        if (holds < 0) {
            holders.remove(lock);
            last.put(lock, event(task, EventKind.RELEASE, lock, null, null));
        } else {
            holders.put(lock, holds - 1);
            if (holds == 1) {
                holders.remove(lock);
            }
            readers.put(
                    lock,
                    event(task, EventKind.RELEASE_SHARED, lock, readers.getOrDefault(lock, last.get(lock)), null));
        }
    }

    private void chained(Work task, String object, EventKind release, EventKind acquire) {
        if (random.nextBoolean()) {
            last.put(object, event(task, release, object, last.get(object), null));
        } else {
            event(task, acquire, object, last.get(object), null);
        }
    }

    private void message(Work task) {
        if (messages.isEmpty() || random.nextBoolean()) {
            MessageId message = new MessageId(7, task.trace, events.size());
            messages.add(message);
            event(task, EventKind.SEND, "channel", null, message);
        } else {
            MessageId message = messages.get(random.nextInt(messages.size()));
            event(task, EventKind.RECEIVE, "channel", null, message);
        }
    }

    private void access(Work task) {
        EventKind kind = switch (random.nextInt(9)) {
            case 0, 1, 2 -> EventKind.WRITE;
            case 3 -> EventKind.ATOMIC_READ;
            case 4 -> EventKind.ATOMIC_WRITE;
            case 5 -> EventKind.ATOMIC_UPDATE;
            default -> EventKind.READ;
        };
        String variable = "x" + random.nextInt(3);
        boolean atomic = kind != EventKind.READ && kind != EventKind.WRITE;
        Dot seen = atomic && kind != EventKind.ATOMIC_WRITE ? last.get(variable) : null;
        Dot dot = event(task, kind, variable, seen, null);
        if (kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE) {
            last.put(variable, dot);
        }
    }

    private Dot event(Work task, EventKind kind, String subject, @Nullable Dot cause, @Nullable MessageId message) {
        Dot dot = new Dot(task.id, ++task.sequence);
        boolean access = Accesses.isAccess(kind);
        Object value = access && kind != EventKind.ATOMIC_READ && random.nextInt(4) > 0 ? random.nextInt(3) : null;
        Site site = access ? new Site("Run", "run", "Run.java", random.nextInt(3)) : null;
        if (task.thread != null) {
            last.put(task.thread, dot);
        }
        events.add(new RecordedEvent(dot, kind, null, subject, cause, value, site, events.size(), message));
        return dot;
    }

    /** {@return the stretches of tasks that are in a stretch of time, in the order of the tasks' numbers} */
    List<RecordedTask> tasks(int from, int to) {
        Map<Integer, List<RecordedEvent>> stretches = new TreeMap<>();
        for (RecordedEvent event : events.subList(from, to)) {
            stretches
                    .computeIfAbsent(event.dot().task(), t -> new ArrayList<>())
                    .add(event);
        }
        List<RecordedTask> result = new ArrayList<>();
        stretches.forEach((id, stretch) -> result.add(stretch(id, stretch)));
        return result;
    }

    RecordedTask stretch(int id, List<RecordedEvent> stretch) {
        Work task = all.get(id);
        return RecordedTask.of(
                id, task.trace, "trace " + task.trace, "task " + id, task.origin, false, "main", stretch);
    }

    /** {@return a log of the events up to one, from scratch} */
    EventLog log(int to) {
        return EventLog.of(new Recording("", tasks(0, to), 0, 0, 0, true, 0, List.of()));
    }
}
