package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Spans of one form from any number of files, whose traces may be spread over them; added to a log when all are read.
 *
 * <p>A task for each span, traces in the order of their first spans. O(n) but for the sorting of a span's moments.
 */
final class SpanBatch {
    private static final String UNKNOWN = "unknown";
    private static final int NONE = -1;
    private static final int CUT = -2;

    private final boolean sharedIds;
    private final SpanFaults faults = new SpanFaults();
    private final Map<String, TraceSpans> traces = new LinkedHashMap<>();
    private final List<SpanRow> all = new ArrayList<>();

    private int[] parents = new int[0];
    private long[] starts = new long[0];
    private final Map<Integer, String> missing = new HashMap<>();

    /** @param sharedIds whether the two halves of a call may have one id, and a span come in pieces, as Zipkin's do */
    SpanBatch(boolean sharedIds) {
        this.sharedIds = sharedIds;
    }

    SpanFaults faults() {
        return faults;
    }

    /** Adds a span to the trace of that key, which is called {@code trace}. */
    void add(String key, String trace, SpanRow span) {
        traces.computeIfAbsent(key, k -> new TraceSpans(trace, sharedIds, faults))
                .rows
                .add(span);
    }

    void addTo(EventLogBuilder log) {
        for (TraceSpans trace : traces.values()) {
            trace.rows.sort(Comparator.comparing(row -> row.traits.isShared())); // the calling half speaks first
            trace.rows.forEach(row -> trace.enter(row, all));
        }
        parents = new int[all.size()];
        starts = new long[all.size()];
        traces.values().forEach(this::findParents);
        for (SpanRow row : all) {
            starts[row.number] = row.start == SpanRow.NO_TIME ? Long.MAX_VALUE : row.start;
        }
        cutCycles();
        traces.values().forEach(this::fillStarts);
        int[] begins = new int[all.size()];
        addSpans(log, begins);
        addLinks(log, begins);
        faults.diagnose(log);
    }

    private void findParents(TraceSpans trace) {
        for (SpanRow row : trace.rows) {
            if (!isIn(row)) {
                continue;
            }
            SpanRow calling = Objects.requireNonNull(trace.byId.get(row.id));
            SpanRow parent = null;
            if (row.traits.isShared() && calling != row && !calling.traits.isShared()) {
                parent = calling;
            } else if (row.parentId != null) {
                parent = nearest(trace.byId.get(row.parentId), row);
                if (parent == null) {
                    missing.put(row.number, row.parentId);
                    faults.add(SpanFault.MISSING_PARENT, String.valueOf(row.id), row);
                }
            }
            parents[row.number] = parent == null ? NONE : parent.number;
        }
    }

    private boolean isIn(SpanRow row) {
        return row.number < all.size() && all.get(row.number) == row;
    }

    /**
     * {@return of the spans with the id of a parent, the one on the side of the child: its process, or the called half; of a
     * called half whose calling half is not there, one of another process}
     */
    private static @Nullable SpanRow nearest(@Nullable SpanRow first, SpanRow child) {
        SpanRow best = first;
        int bestFit = -1;
        for (SpanRow row = first; row != null; row = row.next) {
            boolean own = row.process.service.equals(child.process.service) && row.process.fits(child.process);
            int fit = (own != child.traits.isShared() ? 2 : 0) + (row.traits.isShared() ? 1 : 0);
            if (fit > bestFit && row != child) {
                best = row;
                bestFit = fit;
            }
        }
        return best;
    }

    private void cutCycles() {
        ParentCycles.cut(parents, parents.length, starts, span -> {
            SpanRow row = all.get(span);
            boolean self = parents[span] == span;
            String id = String.valueOf(row.id);
            faults.add(self ? SpanFault.SELF_PARENT : SpanFault.PARENT_CYCLE, id, row);
            SpanRow before = all.get(parents[span]);
            missing.put(span, before.traits.idOr(String.valueOf(before.id)));
            parents[span] = CUT;
        });
    }

    /** A span without a start takes its first moment's, its nearest ancestor's, or the first one of the trace. */
    private void fillStarts(TraceSpans trace) {
        long first = Long.MAX_VALUE;
        for (SpanRow row : trace.rows) {
            first = Math.min(first, row.start == SpanRow.NO_TIME ? Long.MAX_VALUE : row.start);
        }
        for (SpanRow row : trace.rows) {
            if (isIn(row) && row.start == SpanRow.NO_TIME) {
                faults.add(SpanFault.MISSING_START, String.valueOf(row.id), row);
                row.start = start(row, first);
            }
        }
        for (SpanRow row : trace.rows) {
            if (isIn(row)) {
                starts[row.number] = row.start;
            }
        }
    }

    private long start(SpanRow row, long first) {
        long start = Long.MAX_VALUE;
        for (SpanMoment moment : row.moments) {
            start = Math.min(start, moment.nanos());
        }
        int ancestor = parents[row.number];
        if (start == Long.MAX_VALUE && ancestor >= 0) {
            start = starts[ancestor]; // Long.MAX_VALUE if that is not known either
        }
        start = start == Long.MAX_VALUE ? first : start;
        return start == Long.MAX_VALUE ? 0 : start;
    }

    private void addSpans(EventLogBuilder log, int[] begins) {
        int[] tasks = new int[all.size()];
        for (TraceSpans trace : traces.values()) {
            int number = log.trace(trace.originalName());
            for (SpanRow row : trace.rows) {
                if (isIn(row)) {
                    tasks[row.number] = addSpan(log, number, row, begins);
                }
            }
        }
        for (SpanRow row : all) {
            int parent = parents[row.number];
            if (parent >= 0) {
                log.origin(tasks[row.number], begins[parent], link(row, all.get(parent)));
            } else if (parent == CUT) {
                log.originUnknown(tasks[row.number], Link.CALL);
            }
        }
    }

    private int addSpan(EventLogBuilder log, int trace, SpanRow row, int[] begins) {
        String id = String.valueOf(row.id);
        if (row.name == null) {
            faults.add(SpanFault.MISSING_OPERATION, id, row);
        }
        int task = log.task(trace, row.process.service, row.traits.idOr(id));
        row.traits.addTo(log, task);
        String gone = missing.get(row.number);
        if (gone != null) {
            log.missingParent(task, gone);
        }
        String name = row.name == null ? UNKNOWN : row.name;
        int begin = log.event(task, EventKind.BEGIN, name);
        begins[row.number] = begin;
        log.nanos(begin, row.start);
        SpanMoment.addAll(row.moments, log, task);
        log.nanos(log.event(task, EventKind.END, name), end(row, id));
        return task;
    }

    private long end(SpanRow row, String id) {
        long start = row.start;
        if (row.end == SpanRow.NO_TIME) {
            faults.add(SpanFault.MISSING_DURATION, id, row);
            return row.moments.isEmpty()
                    ? start
                    : Math.max(start, row.moments.get(row.moments.size() - 1).nanos());
        }
        long end = row.hasDuration ? start + row.end : row.end;
        if (row.end >= Micros.MAX_NANOS || end >= Micros.MAX_NANOS || start <= -Micros.MAX_NANOS) {
            faults.add(SpanFault.TIME_OVERFLOW, id, row);
            end = Micros.MAX_NANOS;
        } else if (end < start) {
            faults.add(SpanFault.NEGATIVE_DURATION, id, row);
        }
        return Math.max(start, end);
    }

    private static Link link(SpanRow row, SpanRow parent) {
        if (row.traits.kind() == SpanKind.CONSUMER && parent.traits.kind() == SpanKind.PRODUCER) {
            return Link.MESSAGE;
        }
        return row.traits.follows() || row.followsFrom ? Link.FOLLOWS : Link.CALL;
    }

    private void addLinks(EventLogBuilder log, int[] begins) {
        SpanLinks links = new SpanLinks();
        for (SpanRow row : all) {
            for (int i = 0; i < row.linkIds.size(); i++) {
                TraceSpans trace = traces.get(row.linkTraces.get(i));
                SpanRow cause = trace == null ? null : trace.byId.get(row.linkIds.get(i));
                if (cause == null) {
                    faults.add(SpanFault.MISSING_LINK, String.valueOf(row.id), row);
                } else {
                    links.add(cause.number, row.number);
                }
            }
        }
        links.resolve(
                parents,
                parents.length,
                (from, to) -> log.causes(begins[from], begins[to]),
                span -> faults.add(SpanFault.LINK_CYCLE, String.valueOf(all.get(span).id), all.get(span)));
    }
}
