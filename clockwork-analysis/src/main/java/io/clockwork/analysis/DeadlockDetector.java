package io.clockwork.analysis;

import io.clockwork.analysis.LockRequests.Group;
import io.clockwork.analysis.LockRequests.Requests;
import io.clockwork.analysis.Race.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Predicts deadlocks: cycles of lock requests by different tasks that no common lock keeps apart and causality does not
 * order. O(n) to collect the requests, O(n) for each cycle and combination of tasks that is looked at; what is looked at is
 * bounded, and a diagnostic says so when a bound was reached.
 */
final class DeadlockDetector {
    private static final long MAX_STEPS = 2_000_000;
    private static final int MAX_CYCLES = 1_000;
    private static final int MAX_COMBINATIONS = 64;
    private static final long MIN_WORK = 50_000_000;

    private final EventLog log;
    private final EventColumns columns;
    private final Map<List<Long>, Finding> findings = new LinkedHashMap<>();
    private @Nullable Reordering reordering;
    private int cycles;
    private boolean cut;

    /** What was found, and what was not looked at. */
    record Result(List<Deadlock> deadlocks, List<Diagnostic> diagnostics) {}

    /** The best example of a cycle so far. */
    private static final class Finding {
        Verdict verdict = Verdict.POSSIBLE;
        int[] events = {};
        int count;
    }

    private DeadlockDetector(EventLog log) {
        this.log = log;
        columns = log.columns();
    }

    static Result run(EventLog log) {
        return new DeadlockDetector(log).run();
    }

    private Result run() {
        boolean all = new LockCycles(LockRequests.of(columns), MAX_STEPS).forEach(this::cycle);
        List<Diagnostic> diagnostics = new ArrayList<>();
        if (!all || cut || (reordering != null && reordering.isExhausted())) {
            diagnostics.add(new Diagnostic(
                    "DEADLOCKS_CUT",
                    "there are more cycles of locks, or of tasks that take them, than were looked at: some deadlocks may"
                            + " be missing, and some that are shown as POSSIBLE may be CERTAIN or none",
                    0));
        }
        return new Result(deadlocks(), diagnostics);
    }

    private boolean cycle(List<Group> cycle) {
        if (++cycles > MAX_CYCLES) {
            return false;
        }
        int combinations = 0;
        int[] places = new int[cycle.size()];
        boolean more = true;
        while (more) {
            List<Requests> sides = new ArrayList<>();
            Set<Integer> tasks = new HashSet<>();
            for (int i = 0; i < places.length; i++) {
                Requests side = cycle.get(i).tasks.get(places[i]);
                sides.add(side);
                tasks.add(side.task);
            }
            if (tasks.size() == sides.size() && check(cycle, sides) == Verdict.CERTAIN) {
                return true;
            }
            more = next(places, cycle);
            if (more && ++combinations == MAX_COMBINATIONS) {
                cut = true;
                return true;
            }
        }
        return true;
    }

    private static boolean next(int[] places, List<Group> cycle) {
        for (int i = 0; i < places.length; i++) {
            if (++places[i] < cycle.get(i).tasks.size()) {
                return true;
            }
            places[i] = 0;
        }
        return false;
    }

    /** {@return the verdict on a cycle of requests by these tasks, or null if causality rules it out} */
    private @Nullable Verdict check(List<Group> cycle, List<Requests> sides) {
        if (reordering == null) {
            reordering = new Reordering(columns, Math.max(MIN_WORK, 10L * log.size()));
        }
        List<IntColumn> events = sides.stream().map(side -> side.events).toList();
        int[] certain = reordering.standBefore(events, true);
        int[] found = certain != null ? certain : reordering.standBefore(events, false);
        if (found == null && reordering.isExhausted()) {
            found = events.stream().mapToInt(requests -> requests.get(0)).toArray();
        }
        if (found == null) {
            return null;
        }
        Verdict verdict = certain != null ? Verdict.CERTAIN : Verdict.POSSIBLE;
        Finding finding = findings.computeIfAbsent(key(cycle), k -> new Finding());
        finding.count++;
        if (finding.count == 1 || verdict.compareTo(finding.verdict) < 0) {
            finding.verdict = verdict;
            finding.events = found;
        }
        return verdict;
    }

    /** {@return what is asked for and where, from the same side on for the same cycle} */
    private static List<Long> key(List<Group> cycle) {
        List<Long> key = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < cycle.size(); i++) {
            first = part(cycle.get(i)) < part(cycle.get(first)) ? i : first;
        }
        for (int i = 0; i < cycle.size(); i++) {
            key.add(part(cycle.get((first + i) % cycle.size())));
        }
        return key;
    }

    private static long part(Group group) {
        return (long) group.hold << 32 | group.site;
    }

    private List<Deadlock> deadlocks() {
        BitSet wanted = new BitSet();
        for (Finding finding : findings.values()) {
            for (int event : finding.events) {
                wanted.set(event);
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        EventContexts contexts = EventContexts.of(log, wanted);
        List<Deadlock> deadlocks = new ArrayList<>();
        for (Finding finding : findings.values()) {
            deadlocks.add(new Deadlock(finding.verdict, sides(finding.events, contexts), finding.count));
        }
        deadlocks.sort(Comparator.comparing(Deadlock::verdict)
                .thenComparing(deadlock -> deadlock.sides().size())
                .thenComparing(deadlock -> deadlock.sides().get(0).event())
                .thenComparing(deadlock -> deadlock.sides().get(1).event()));
        return deadlocks;
    }

    /** {@return the sides, from the earliest event on round the cycle} */
    private static List<Deadlock.Side> sides(int[] events, EventContexts contexts) {
        int first = 0;
        for (int i = 1; i < events.length; i++) {
            first = events[i] < events[first] ? i : first;
        }
        List<Deadlock.Side> sides = new ArrayList<>();
        for (int i = 0; i < events.length; i++) {
            sides.add(contexts.request(events[(first + i) % events.length]));
        }
        return sides;
    }
}
