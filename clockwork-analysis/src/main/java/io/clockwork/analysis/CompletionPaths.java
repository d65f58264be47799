package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Finds the completion path of each trace, in the way that fits what is known of it. */
final class CompletionPaths {
    private final EventLog log;
    private final EventColumns columns;
    private final Operations operations;

    private CompletionPaths(EventLog log) {
        this.log = log;
        columns = log.columns();
        operations = Operations.of(log);
    }

    static List<CriticalPath> of(EventLog log) {
        return log.size() == 0 ? List.of() : new CompletionPaths(log).paths();
    }

    private List<CriticalPath> paths() {
        boolean[] byEvents = byEvents();
        OperationWalk calls = log.isTimed() ? new OperationWalk(columns, operations) : null;
        EventWalk events = new EventWalk(columns, operations, log.isTimed());
        List<CriticalPath> paths = new ArrayList<>();
        for (int trace = 0; trace < byEvents.length; trace++) {
            Trail trail = new Trail();
            if (calls == null || byEvents[trace]) {
                events.walk(trace, trail);
            } else {
                calls.walk(trace, trail);
            }
            if (!trail.isEmpty) {
                paths.add(path(trace, trail));
            }
        }
        return paths;
    }

    private CriticalPath path(int trace, Trail trail) {
        Collections.reverse(trail.sections);
        List<String> warnings = new ArrayList<>(trail.warnings());
        if (!log.isTimed()) {
            warnings.add("UNTIMED: no event has a time; each counts as one nanosecond");
        }
        return new CriticalPath(
                log.traceName(trace),
                log.service(trail.task),
                trail.operation,
                log.taskName(trail.task),
                trail.start,
                trail.end,
                trail.sections,
                warnings);
    }

    /**
     * {@return per trace whether to go by its events} Callers wait for calls without an event that says so; where there are
     * calls, or nothing but operations, operations tell more.
     */
    private boolean[] byEvents() {
        int traces = columns.traceNames.length;
        boolean[] called = new boolean[traces];
        boolean[] linked = new boolean[traces];
        boolean[] operated = new boolean[traces];
        for (int t = 0; t < columns.taskNames.length; t++) {
            called[columns.taskTraces[t]] |= columns.taskLinks[t] == Link.CALL || columns.taskLinks[t] == Link.FOLLOWS;
        }
        for (int e = 0; e < columns.kinds.length; e++) {
            int task = columns.tasks[e];
            int trace = columns.taskTraces[task];
            operated[trace] |= columns.kind(e) == EventKind.BEGIN;
            for (int k = columns.edgeStarts[e]; k < columns.edgeStarts[e + 1]; k++) {
                linked[trace] |= columns.sequences[e] > 1 || columns.edgeFrom[k] != columns.taskOrigins[task];
            }
        }
        for (int trace = 0; trace < traces; trace++) {
            linked[trace] = !called[trace] && (linked[trace] || !operated[trace]);
        }
        return linked;
    }

    /** The sections of one path, the latest first, as a walk finds them. */
    static final class Trail {
        final List<CriticalPath.Section> sections = new ArrayList<>();
        boolean isEmpty = true;
        int task;
        String operation = "";
        long start;
        long end;
        int jumps;
        int skewed;

        void end(int endTask, String endOperation, long at) {
            isEmpty = false;
            task = endTask;
            operation = endOperation;
            end = at;
            start = at;
        }

        /** Adds a section that ends where the one before it starts; joins it to that one if only the times differ. */
        void add(CriticalPath.Section section) {
            if (section.startNanos() >= section.endNanos()) {
                return;
            }
            start = section.startNanos();
            int last = sections.size() - 1;
            if (last >= 0) {
                CriticalPath.Section next = sections.get(last);
                if (next.taskNumber() == section.taskNumber()
                        && next.reason() == section.reason()
                        && next.operation().equals(section.operation())) {
                    sections.set(
                            last,
                            new CriticalPath.Section(
                                    next.service(),
                                    next.operation(),
                                    next.task(),
                                    next.taskNumber(),
                                    section.startNanos(),
                                    next.endNanos(),
                                    next.reason()));
                    return;
                }
            }
            sections.add(section);
        }

        List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            if (jumps > 0) {
                warnings.add("NO_CAUSE: " + TextPage.count(jumps, "time")
                        + " what set something off is not in the log: taken for what ended last before");
            }
            if (skewed > 0) {
                warnings.add("SKEWED: " + TextPage.count(skewed, "time") + " a cause is later than its effect");
            }
            return warnings;
        }
    }

    /** Ranks of times, and what ended last among all that started before one: the same for operations and events. */
    static int[] byTime(int[] numbers, long[] times) {
        long[] keys = new long[numbers.length];
        // Sorted by time and then by number without boxing: times are replaced by their ranks.
        long[] sorted = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            sorted[i] = times[numbers[i]];
        }
        Arrays.sort(sorted);
        for (int i = 0; i < numbers.length; i++) {
            keys[i] = (long) rank(sorted, times[numbers[i]]) << 32 | numbers[i];
        }
        Arrays.sort(keys);
        int[] order = new int[numbers.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** {@return how many of the sorted values are below {@code value}} */
    static int rank(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
