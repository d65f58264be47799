package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Brings Raceway's events into tasks.
 *
 * <p>Causality is what {@code parent_id} says, and {@code upstream_span_id} across services: an event follows its parent. Of
 * several children one goes on with the parent's task, the others fork. The vectors order nothing: they count the events of a
 * trace, whoever they are of. That two events were on one thread, or held one lock one after the other, is order of this run.
 *
 * <p>O(n log n).
 */
final class RacewayOrder {
    private final List<RacewayEvent> events = new ArrayList<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private int duplicates;
    private int timeless;
    private int orphans;
    private int cycles;

    private int[] parents = new int[0];
    private int[] firstChild = new int[0];
    private int[] nextSibling = new int[0];
    /** Per event the child that goes on with its task, or -1. */
    private int[] heirs = new int[0];

    void add(RacewayEvent event) {
        String id = event.id;
        if (id != null && byId.putIfAbsent(event.trace + '\n' + id, events.size()) != null) {
            duplicates++;
            return;
        }
        events.add(event);
    }

    void addTo(EventLogBuilder log) {
        findParents();
        fillTimes();
        long[] times = new long[events.size()];
        Arrays.setAll(times, e -> events.get(e).nanos);
        ParentCycles.cut(parents, parents.length, times, event -> {
            parents[event] = -1;
            cycles++;
        });
        findHeirs();
        new Placing(log).run();
        tell(log, duplicates, "DUPLICATE", "are there more than once, and were taken once");
        tell(log, timeless, "MISSING_START", "have no timestamp that can be read: taken as that of an earlier event");
        tell(log, orphans, "MISSING_PARENT", "follow an event that was not read: nothing is known to precede them");
        tell(log, cycles, "PARENT_CYCLE", "were their own ancestors: taken as first");
    }

    private static void tell(EventLogBuilder log, int count, String code, String what) {
        if (count > 0) {
            log.diagnose(new Diagnostic(code, count + (count == 1 ? " event: " : " events: ") + what, 0));
        }
    }

    private void findParents() {
        Map<String, Integer> firstOfSpan = new HashMap<>();
        for (int e = 0; e < events.size(); e++) {
            String span = events.get(e).span;
            if (span != null) {
                firstOfSpan.merge(span, e, (a, b) -> events.get(b).nanos < events.get(a).nanos ? b : a);
            }
        }
        parents = new int[events.size()];
        for (int e = 0; e < parents.length; e++) {
            RacewayEvent event = events.get(e);
            Integer parent = event.parentId == null ? null : byId.get(event.trace + '\n' + event.parentId);
            if (parent == null && event.upstreamSpan != null) {
                parent = firstOfSpan.get(event.upstreamSpan);
            }
            orphans += parent == null && event.parentId != null ? 1 : 0;
            parents[e] = parent == null || parent == e ? -1 : parent;
        }
    }

    private void fillTimes() {
        long last = 0;
        for (RacewayEvent event : events) {
            if (event.nanos == SpanRow.NO_TIME) {
                timeless++;
                event.nanos = last;
            }
            last = event.nanos;
        }
    }

    private void findHeirs() {
        int n = events.size();
        firstChild = new int[n];
        nextSibling = new int[n];
        heirs = new int[n];
        Arrays.fill(firstChild, -1);
        Arrays.fill(heirs, -1);
        for (int e = n - 1; e >= 0; e--) {
            int parent = parents[e];
            if (parent >= 0) {
                nextSibling[e] = firstChild[parent];
                firstChild[parent] = e;
            }
        }
        for (int e = 0; e < n; e++) {
            for (int c = firstChild[e]; c >= 0 && !events.get(e).isOperation(); c = nextSibling[c]) {
                boolean mayGoOn =
                        !events.get(c).isOperation() && events.get(c).service.equals(events.get(e).service);
                if (mayGoOn && (heirs[e] < 0 || isNearer(c, heirs[e], e))) {
                    heirs[e] = c;
                }
            }
        }
    }

    private boolean isNearer(int a, int b, int parent) {
        RacewayEvent of = events.get(parent);
        boolean aStays = events.get(a).thread.equals(of.thread);
        boolean bStays = events.get(b).thread.equals(of.thread);
        return aStays != bStays ? aStays : events.get(a).nanos < events.get(b).nanos;
    }

    /** Adds events to a log, each after its parent and otherwise by time: a linear extension of causality. */
    private final class Placing {
        private final EventLogBuilder log;
        private final Map<String, Integer> traces = new HashMap<>();
        private final int[] tasks = new int[events.size()];
        /** Per event what its children follow. */
        private final int[] anchors = new int[events.size()];

        private final List<@Nullable RacewayHolds> holds = new ArrayList<>();
        private final IntList lastOfTask = new IntList();
        private final Map<String, Integer> spawned = new HashMap<>();
        private final RacewaySync sync;

        Placing(EventLogBuilder log) {
            this.log = log;
            sync = new RacewaySync(log);
        }

        void run() {
            PriorityQueue<Integer> ready = new PriorityQueue<>(
                    Comparator.<Integer>comparingLong(e -> events.get(e).nanos).thenComparing(e -> e));
            for (int e = 0; e < parents.length; e++) {
                if (parents[e] < 0) {
                    ready.add(e);
                }
            }
            for (Integer e = ready.poll(); e != null; e = ready.poll()) {
                place(e);
                for (int c = firstChild[e]; c >= 0; c = nextSibling[c]) {
                    ready.add(c);
                }
            }
        }

        private void place(int e) {
            RacewayEvent event = events.get(e);
            int parent = parents[e];
            boolean goesOn = parent >= 0 && heirs[parent] == e;
            int task = goesOn ? tasks[parent] : newTask(e, event, parent);
            tasks[e] = task;
            if (event.isOperation()) {
                int begin = emit(event, task, EventKind.BEGIN, event.start());
                int kind = event.kind == EventKind.CUSTOM ? begin : emit(event, task, event.kind, event.nanos);
                int end = emit(event, task, EventKind.END, event.end());
                anchors[e] = event.endsAtItsTime() ? end : begin;
                setValue(event, kind);
            } else {
                anchors[e] = emit(event, task, event.kind, event.nanos);
                setValue(event, anchors[e]);
            }
            if (event.kind == EventKind.JOIN) {
                Integer joined = spawned.get(event.trace + '\n' + event.subject);
                if (joined != null && joined != task) {
                    log.causes(lastOfTask.get(joined), anchors[e]);
                }
            }
            if (heirs[e] < 0) {
                RacewayHolds held = holds.get(task);
                if (held != null) {
                    held.end(event, task);
                }
            }
        }

        private int newTask(int e, RacewayEvent event, int parent) {
            int trace = traces.computeIfAbsent(event.trace, log::trace);
            String name = event.id == null ? "event " + (e + 1) : event.id;
            int task = log.task(trace, event.service, name);
            while (lastOfTask.size() <= task) {
                lastOfTask.add(-1);
                holds.add(null);
            }
            if (parent >= 0) {
                RacewayEvent before = events.get(parent);
                boolean called = event.isOperation() || !before.service.equals(event.service);
                log.origin(task, anchors[parent], called ? Link.CALL : Link.FORK);
                if (before.kind == EventKind.FORK) {
                    spawned.putIfAbsent(event.trace + '\n' + before.subject, task);
                }
            }
            return task;
        }

        private int emit(RacewayEvent event, int task, EventKind kind, long nanos) {
            RacewayHolds held = holds.get(task);
            if (held == null && (!event.locks.isEmpty() || RacewaySync.isLock(kind))) {
                held = new RacewayHolds(this::add);
                holds.set(task, held);
            }
            if (held != null) {
                held.before(event, kind, task);
            }
            return add(event, task, kind, event.subject, nanos);
        }

        private int add(RacewayEvent event, int task, EventKind kind, String subject, long nanos) {
            int number = log.event(task, kind, subject);
            log.nanos(number, nanos);
            log.thread(number, event.thread);
            log.site(number, event.site);
            sync.order(event, task, kind, subject, number);
            lastOfTask.set(task, number);
            return number;
        }

        private void setValue(RacewayEvent event, int number) {
            if (event.value != null) {
                log.value(number, event.value);
            }
        }
    }
}
