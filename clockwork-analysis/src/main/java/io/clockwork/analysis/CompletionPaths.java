package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the completion path of each trace, in the way that fits what is known of it. */
final class CompletionPaths {
    private final EventLog log;
    private final EventColumns columns;
    private final Operations operations;

    private CompletionPaths(EventLog log, Operations operations) {
        this.log = log;
        this.operations = operations;
        columns = log.columns();
    }

    static List<CriticalPath> of(EventLog log, Operations operations) {
        return log.size() == 0 ? List.of() : new CompletionPaths(log, operations).paths();
    }

    private List<CriticalPath> paths() {
        boolean[] byEvents = byEvents();
        OperationWalk calls = log.isTimed() ? new OperationWalk(columns, operations) : null;
        EventWalk events = null;
        List<CriticalPath> paths = new ArrayList<>();
        for (int trace = 0; trace < byEvents.length; trace++) {
            Trail trail = new Trail();
            if (calls == null || byEvents[trace]) {
                events = events != null ? events : new EventWalk(columns, operations, log.isTimed());
                events.walk(trace, trail);
            } else {
                calls.walk(trace, trail);
            }
            SectionList.Builder sections = trail.sections;
            if (sections != null) {
                paths.add(path(trace, trail, sections));
            }
        }
        return paths;
    }

    private CriticalPath path(int trace, Trail trail, SectionList.Builder sections) {
        List<String> warnings = new ArrayList<>(trail.warnings());
        if (!log.isTimed()) {
            warnings.add("UNTIMED: no event has a time; the length is that in events");
        }
        return new CriticalPath(
                log.traceName(trace),
                log.service(trail.task),
                columns.names.get(trail.operation),
                log.taskName(trail.task),
                sections.start(),
                trail.end,
                sections.build(columns),
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
        SectionList.@Nullable Builder sections;
        int task;
        int operation;
        long end;
        int jumps;
        int skewed;

        /** Begins with what happened last: in which task, in the operation of which name. */
        void end(int endTask, int endOperation, long at) {
            sections = new SectionList.Builder(at);
            task = endTask;
            operation = endOperation;
            end = at;
        }

        /** Adds a section that ends where the one before it starts; joins it to that one if only the times differ. */
        void add(int sectionTask, int name, PathReason reason, long from) {
            Objects.requireNonNull(sections).join(sectionTask, name, reason, from);
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

    /** {@return ascending {@code numbers} by their times, and those of one time ascending} */
    static int[] byTime(int[] numbers, long[] times) {
        if (isByTime(numbers, times)) {
            return numbers;
        }
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

    private static boolean isByTime(int[] numbers, long[] times) {
        for (int i = 1; i < numbers.length; i++) {
            if (times[numbers[i]] < times[numbers[i - 1]]) {
                return false;
            }
        }
        return true;
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
