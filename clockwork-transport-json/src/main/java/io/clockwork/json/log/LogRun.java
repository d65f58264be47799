package io.clockwork.json.log;

import io.clockwork.record.Dot;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read of one run of one service so far. */
final class LogRun {
    private final String node;
    private final String run;
    private final boolean timed;
    /** Wall clock at the run's start, in nanoseconds. */
    private final long start;

    private final Map<Integer, TaskLines> tasks = new HashMap<>();
    private long dropped;
    private long misuses;
    private long malformed;
    private long lost;
    private long duplicates;
    private long missing;

    LogRun(String node, String run, boolean timed, long start) {
        this.node = node;
        this.run = run;
        this.timed = timed;
        this.start = start;
    }

    private static final class TaskLines {
        @Nullable
        String name;

        int trace;

        @Nullable
        String traceId;

        @Nullable
        Dot origin;

        boolean unlinked;
        Map<String, String> attributes = Map.of();
        int firstSequence = Integer.MAX_VALUE;
        String thread = "";
        final List<RecordedEvent> events = new ArrayList<>();
    }

    private TaskLines task(int id) {
        return tasks.computeIfAbsent(id, number -> new TaskLines());
    }

    /** Adds a task as the line gives it; a task is described in each file that has events of it. */
    void addTask(LogLine line) {
        TaskLines task = task(line.task);
        task.name = line.name;
        task.trace = line.trace;
        task.traceId = line.traceId;
        task.origin = line.origin;
        task.unlinked = line.unlinked;
        task.attributes = line.attributes;
    }

    /** Throws {@link IllegalArgumentException} when the line is no event. */
    void addEvent(LogLine line) {
        if (line.task < 0 || line.kind == null || line.subject == null) {
            throw new IllegalArgumentException("an event has a task, a kind and a subject");
        }
        if (timed && !line.hasNanos) {
            throw new IllegalArgumentException("an event of a log with times has nanos");
        }
        RecordedEvent event = new RecordedEvent(
                new Dot(line.task, line.sequence),
                line.kind,
                line.order,
                line.subject,
                line.cause,
                line.value,
                line.site,
                timed ? Math.addExact(start, line.nanos) : 0,
                line.message);
        TaskLines task = task(line.task);
        task.events.add(event);
        if (line.sequence < task.firstSequence) {
            task.firstSequence = line.sequence;
            task.thread = line.thread == null ? "" : line.thread;
        }
    }

    /** The counts grow, so the greatest ones are the last. */
    void addCounts(LogLine line) {
        dropped = Math.max(dropped, line.dropped);
        misuses = Math.max(misuses, line.misuses);
        malformed = Math.max(malformed, line.malformed);
        lost = Math.max(lost, line.lost);
    }

    /** Returns the recording, to be asked for once; then the counts below hold. */
    Recording recording() {
        List<RecordedTask> recorded = new ArrayList<>();
        tasks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> recorded.add(recorded(entry.getKey(), entry.getValue())));
        tasks.clear();
        return new Recording(node, recorded, dropped, misuses, malformed, timed, 0, List.of());
    }

    private RecordedTask recorded(int id, TaskLines task) {
        task.events.sort(Comparator.comparingInt(event -> event.dot().sequence()));
        List<RecordedEvent> distinct = new ArrayList<>(task.events.size());
        int last = 0;
        for (RecordedEvent event : task.events) {
            int sequence = event.dot().sequence();
            if (sequence == last) {
                duplicates++;
            } else {
                missing += sequence - last - 1;
                distinct.add(event);
            }
            last = sequence;
        }
        String name = task.name;
        // Whose trace is not known has one of its own: no order is claimed.
        int trace = name == null ? -1 - id : task.trace;
        return RecordedTask.of(
                id,
                trace,
                task.traceId == null ? node + ' ' + run + ' ' + trace : task.traceId,
                name == null ? "task " + id : name,
                task.origin,
                task.unlinked,
                task.thread,
                distinct,
                task.attributes);
    }

    long lost() {
        return lost;
    }

    long duplicates() {
        return duplicates;
    }

    long missing() {
        return missing;
    }
}
