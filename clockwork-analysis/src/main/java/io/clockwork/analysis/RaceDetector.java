package io.clockwork.analysis;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the races of a log in one pass in a linear extension of happens-before.
 *
 * <p>Each access is held against the last access of every other chain at each site, under each set of locks: if an
 * earlier one of that chain were unordered with it, the last one would be too. O(n·k) for k such entries a variable.
 */
final class RaceDetector {
    /*
     * Three orders decide. Unordered by happens-before is a race; CERTAIN when also unordered by schedulable
     * happens-before [1], which adds the edge from the last write to each read that saw it: such a race can happen
     * without another one going differently first. Ordered by happens-before, but by sync edges alone and under no
     * common lock, is POSSIBLE: another schedule has other sync edges.
     *
     * [1] U. Mathur, D. Kini, M. Viswanathan, What Happens-After the First Race?, OOPSLA 2018
     */
    private final EventLog log;
    private final EventColumns columns;
    private final CausalGraph graph;
    private final ClockRows schedulable;
    private final HeldLocks held;
    private final int[] lockSetOf;
    /** For a write, the last read of the variable by the same task since its write before; otherwise -1. */
    private final int[] readBefore;

    /** The innermost operation at an access; 0 for none. */
    private final int[] operationOf;

    private final Map<Integer, IntColumn> openOperations = new HashMap<>();
    private final Map<Integer, Variable> variables = new LinkedHashMap<>();
    private final Map<Pair, Finding> findings = new HashMap<>();

    private RaceDetector(EventLog log, CausalGraph graph) {
        this.log = log;
        this.graph = graph;
        columns = log.columns();
        schedulable = new ClockRows(columns, true);
        held = new HeldLocks(columns);
        lockSetOf = new int[log.size()];
        readBefore = new int[log.size()];
        operationOf = new int[log.size()];
        Arrays.fill(readBefore, -1);
    }

    /** What the pass found. */
    record Result(List<Race> races, List<SharedVariable> variables) {}

    static Result run(EventLog log, CausalGraph graph) {
        return new RaceDetector(log, graph).run();
    }

    private Result run() {
        for (int e = 0; e < log.size(); e++) {
            schedulable.advance(e, graph.slots().ofTask, graph.slots().positions);
            int task = columns.tasks[e];
            int subject = columns.subjects[e];
            EventKind kind = columns.kind(e);
            lockSetOf[e] = held.advance(e);
            switch (kind) {
                case BEGIN ->
                    openOperations.computeIfAbsent(task, t -> new IntColumn()).add(subject);
                case END -> {
                    IntColumn open = openOperations.get(task);
                    if (open != null && !open.isEmpty()) {
                        open.removeLast();
                    }
                }
                case READ, WRITE, ATOMIC_READ, ATOMIC_WRITE, ATOMIC_UPDATE ->
                    access(e, variables.computeIfAbsent(subject, s -> new Variable()), kind);
                default -> {
                    // orders events, which the clocks know already
                }
            }
        }
        List<Race> races = new ArrayList<>();
        for (Map.Entry<Pair, Finding> found : findings.entrySet()) {
            races.add(race(found.getKey(), found.getValue()));
        }
        races.sort(Comparator.comparing(Race::verdict)
                .thenComparing(Race::kind)
                .thenComparing(Race::variable)
                .thenComparing(race -> race.first().event())
                .thenComparing(race -> race.second().event()));
        return new Result(races, sharedVariables(races));
    }

    private static boolean reads(EventKind kind) {
        return kind == EventKind.READ || kind == EventKind.ATOMIC_READ || kind == EventKind.ATOMIC_UPDATE;
    }

    private static boolean writes(EventKind kind) {
        return kind == EventKind.WRITE || kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE;
    }

    private static boolean isAtomic(EventKind kind) {
        return kind != EventKind.READ && kind != EventKind.WRITE;
    }

    private void access(int event, Variable variable, EventKind kind) {
        int task = columns.tasks[event];
        IntColumn open = openOperations.get(task);
        operationOf[event] = open == null || open.isEmpty() ? 0 : open.last();
        for (Entry entry : variable.entries) {
            boolean conflict = writes(entry.kind) || writes(kind);
            if (conflict && !(isAtomic(entry.kind) && isAtomic(kind))) {
                check(entry.lastEvent, event);
            }
        }
        int lockSet = lockSetOf[event];
        Entry access = new Entry(graph.slots().ofTask[task], columns.sites[event], kind, lockSet, event);
        variable.add(access, task, held.locks(lockSet));
        if (reads(kind) && variable.lastWrite >= 0) {
            schedulable.advanceOver(event, variable.lastWrite, graph.slots());
        }
        if (writes(kind)) {
            Integer read = variable.lastReads.remove(task);
            readBefore[event] = read == null ? -1 : read;
            variable.lastWrite = event;
        } else {
            variable.lastReads.put(task, event);
        }
    }

    private void check(int earlier, int event) {
        if (columns.tasks[earlier] == columns.tasks[event]) {
            return;
        }
        Verdict verdict;
        if (!graph.happensBefore(earlier, event)) {
            boolean ordered = CausalGraph.before(columns, graph.slots(), schedulable, earlier, event);
            verdict = ordered ? Verdict.LIKELY : Verdict.CERTAIN;
        } else if (!graph.causes(earlier, event) && !held.exclude(lockSetOf[earlier], lockSetOf[event])) {
            verdict = Verdict.POSSIBLE;
        } else {
            return;
        }
        Pair pair = Pair.of(columns, earlier, event);
        Finding finding = findings.computeIfAbsent(pair, p -> new Finding());
        finding.add(earlier, event, verdict, kind(earlier, event));
    }

    private Kind kind(int a, int b) {
        if (!writes(columns.kind(a)) || !writes(columns.kind(b))) {
            return Kind.READ_WRITE;
        }
        return lostUpdate(a, b) ? Kind.LOST_UPDATE : Kind.WRITE_WRITE;
    }

    /** {@return whether both writes replaced the same value: the values are the evidence} */
    private boolean lostUpdate(int a, int b) {
        if (readBefore[a] < 0 || pendingRead(b) < 0) {
            return false;
        }
        Object seenByA = log.value(readBefore[a]);
        Object seenByB = log.value(pendingRead(b));
        return seenByA != null
                && seenByA.equals(seenByB)
                && !seenByA.equals(log.value(a))
                && !seenByA.equals(log.value(b));
    }

    /** {@return the read that the write being looked at, which is not entered yet, follows} */
    private int pendingRead(int write) {
        Variable variable = variables.get(columns.subjects[write]);
        Integer read = variable == null ? null : variable.lastReads.get(columns.tasks[write]);
        return read == null ? readBefore[write] : read;
    }

    private Race race(Pair pair, Finding finding) {
        List<Integer> events = new ArrayList<>(List.of(finding.first, finding.second));
        if (finding.kind == Kind.LOST_UPDATE) {
            events.add(readBefore[finding.first]);
            events.add(readBefore[finding.second]);
            // Both reads, then both writes: the order in which the update is lost, whatever this run's was.
            events.sort(Comparator.<Integer, Boolean>comparing(e -> writes(columns.kind(e)))
                    .thenComparing(Comparator.naturalOrder()));
        }
        return new Race(
                columns.names.get(pair.variable),
                finding.verdict,
                finding.kind,
                access(finding.first),
                access(finding.second),
                events.stream().map(this::access).toList(),
                finding.count);
    }

    private Access access(int event) {
        return new Access(
                event,
                log.task(event),
                log.taskName(log.task(event)),
                columns.names.get(operationOf[event]),
                log.service(log.task(event)),
                log.thread(event),
                log.site(event),
                writes(columns.kind(event)),
                log.value(event),
                held.names(lockSetOf[event]));
    }

    private List<String> names(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(columns.names::get).sorted().toList();
    }

    private List<SharedVariable> sharedVariables(List<Race> races) {
        Map<String, Integer> raceCounts = new HashMap<>();
        races.forEach(race -> raceCounts.merge(race.variable(), 1, Integer::sum));
        List<SharedVariable> shared = new ArrayList<>();
        variables.forEach((number, variable) -> {
            if (variable.tasks.size() > 1 && variable.lastWrite >= 0) {
                String name = columns.names.get(number);
                shared.add(new SharedVariable(
                        name,
                        variable.tasks.size(),
                        variable.accesses,
                        raceCounts.getOrDefault(name, 0),
                        names(variable.commonLocks())));
            }
        });
        shared.sort(Comparator.comparing(SharedVariable::name));
        return shared;
    }

    /** The last accesses of one variable that later ones are held against. */
    private static final class Variable {
        final List<Entry> entries = new ArrayList<>();
        final Map<Integer, Integer> lastReads = new HashMap<>();
        final Set<Integer> tasks = new HashSet<>();
        int @Nullable [] commonLocks;
        int lastWrite = -1;
        int accesses;

        int[] commonLocks() {
            return Objects.requireNonNull(commonLocks);
        }

        void add(Entry access, int task, int[] locks) {
            accesses++;
            tasks.add(task);
            commonLocks = commonLocks == null ? locks : HeldLocks.common(commonLocks, locks);
            for (Entry entry : entries) {
                if (entry.isLike(access)) {
                    entry.lastEvent = access.lastEvent;
                    return;
                }
            }
            entries.add(access);
        }
    }

    /** The last access of one chain at one site under one set of locks. */
    private static final class Entry {
        final int slot;
        final int site;
        final EventKind kind;
        final int lockSet;
        int lastEvent;

        Entry(int slot, int site, EventKind kind, int lockSet, int lastEvent) {
            this.slot = slot;
            this.site = site;
            this.kind = kind;
            this.lockSet = lockSet;
            this.lastEvent = lastEvent;
        }

        boolean isLike(Entry other) {
            return slot == other.slot && site == other.site && kind == other.kind && lockSet == other.lockSet;
        }
    }

    /** What makes two racing pairs one finding: the variable, the two sites and kinds, whoever came first. */
    private record Pair(int variable, int lowSite, int highSite, EventKind lowKind, EventKind highKind) {
        static Pair of(EventColumns log, int a, int b) {
            boolean swap = log.sites[a] != log.sites[b] ? log.sites[a] > log.sites[b] : log.kinds[a] > log.kinds[b];
            int low = swap ? b : a;
            int high = swap ? a : b;
            return new Pair(log.subjects[a], log.sites[low], log.sites[high], log.kind(low), log.kind(high));
        }
    }

    /** The best example of a pair of sites so far. */
    private static final class Finding {
        Verdict verdict = Verdict.POSSIBLE;
        Kind kind = Kind.READ_WRITE;
        int first = -1;
        int second = -1;
        int count;

        void add(int a, int b, Verdict newVerdict, Kind newKind) {
            count++;
            boolean better =
                    newVerdict.compareTo(verdict) < 0 || (newVerdict == verdict && newKind.compareTo(kind) < 0);
            if (first < 0 || better) {
                first = a;
                second = b;
                verdict = newVerdict;
                kind = newKind;
            }
        }
    }
}
