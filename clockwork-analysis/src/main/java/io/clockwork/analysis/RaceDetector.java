package io.clockwork.analysis;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.internal.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the races of a log in one pass in a linear extension of happens-before.
 *
 * <p>An access costs O(1) where one lock, one chain or causality keeps it apart from all before it. Otherwise it is held
 * against the last access of each other chain at each site under each set of locks: if an earlier one of that chain were
 * unordered with it, the last one would be too; with up to 1,024 chains that it races with at a pair of sites, the latest
 * first. How many accesses of a chain race is one binary search. Memory is O(1) an event.
 */
final class RaceDetector {
    /*
     * Three orders decide. Unordered by happens-before is a race; CERTAIN when also unordered by schedulable
     * happens-before [1], which adds the edge from the last write to each read that saw it: such a race can happen
     * without another one going differently first. Ordered by happens-before, but by sync edges alone, is POSSIBLE:
     * another schedule has other sync edges. A lock that both held keeps them apart in every schedule.
     *
     * [1] U. Mathur, D. Kini, M. Viswanathan, What Happens-After the First Race?, OOPSLA 2018
     */
    static final int KINDS = Kind.values().length;

    /** With so many chains an access is found to race at a pair of sites; there may be more. */
    static final int MAX_RACING = 1_024;

    private static final int PLAIN = 1 << RaceEngine.READ | 1 << RaceEngine.WRITE;
    private static final int WRITES =
            1 << RaceEngine.WRITE | 1 << RaceEngine.ATOMIC_WRITE | 1 << RaceEngine.ATOMIC_UPDATE;

    private final EventColumns log;
    private final Chains chains;
    private final ClockRows causality;
    private final ClockRows happensBefore;
    /** The same as {@link #happensBefore} until a read saw a write that nothing else orders before it. */
    private ClockRows schedulable;

    private final boolean betweenTraces;

    private final HeldLocks held;
    final AccessContexts contexts;
    final RaceFindings findings = new RaceFindings();
    final List<RaceVariable> variables = new ArrayList<>();
    private int[] variableOf = new int[16];
    private final AccessEntries entries;
    private int notCounted;

    /** @param betweenTraces whether only races between tasks of different traces count */
    RaceDetector(EventColumns log, Chains chains, ClockRows causality, ClockRows happensBefore, boolean betweenTraces) {
        this.log = log;
        this.chains = chains;
        this.causality = causality;
        this.happensBefore = happensBefore;
        schedulable = happensBefore;
        this.betweenTraces = betweenTraces;
        contexts = new AccessContexts(log);
        held = contexts.held;
        entries = new AccessEntries(chains);
    }

    /** What the pass found. */
    record Result(List<Race> races, List<SharedVariable> variables, List<Diagnostic> diagnostics) {}

    static Result run(EventLog log, CausalGraph graph, boolean betweenTraces) {
        RaceDetector detector =
                new RaceDetector(log.columns(), graph.slots(), graph.rows(false), graph.rows(true), betweenTraces);
        for (int e = 0; e < log.size(); e++) {
            detector.advance(e);
        }
        return detector.result();
    }

    Result result() {
        return new RaceResults(log, this).build();
    }

    /** Passes the next event, which the orders have passed already. */
    void advance(int event) {
        int task = log.tasks[event];
        if (schedulable != happensBefore) {
            schedulable.advance(event, chains.ofTask, chains.positions);
        }
        contexts.advance(event);
        switch (log.kind(event)) {
            case READ -> access(event, task, RaceEngine.READ);
            case WRITE -> access(event, task, RaceEngine.WRITE);
            case ATOMIC_READ -> access(event, task, RaceEngine.ATOMIC_READ);
            case ATOMIC_WRITE -> access(event, task, RaceEngine.ATOMIC_WRITE);
            case ATOMIC_UPDATE -> access(event, task, RaceEngine.ATOMIC_UPDATE);
            default -> {
                // orders events, which the clocks know already
            }
        }
    }

    private RaceVariable variable(int name) {
        if (name >= variableOf.length) {
            variableOf = Arrays.copyOf(variableOf, Math.max(name + 1, variableOf.length * 2));
        }
        if (variableOf[name] == 0) {
            variables.add(new RaceVariable(name));
            variableOf[name] = variables.size();
        }
        return variables.get(variableOf[name] - 1);
    }

    private void access(int event, int task, int kind) {
        RaceVariable variable = variable(log.subjects[event]);
        int chain = chains.ofTask[task];
        int holds = contexts.lockSet(event);
        boolean writes = RaceEngine.writes(kind);
        contexts.access(event, task, variable, writes);
        boolean ordered = follows(variable, variable.lastAccess, event);
        if (!(ordered && variable.inCausalOrder)) {
            variable.inCausalOrder = false;
            if (mayRace(variable, event, chain, writes, holds)) {
                boolean allKnown = compare(variable, event, chain, kind, holds);
                // What conflicts with all there was has been held against all of it.
                variable.inCausalOrder = allKnown && kind == RaceEngine.WRITE;
            }
        }
        if (kind != RaceEngine.WRITE && kind != RaceEngine.ATOMIC_WRITE && variable.lastWrite >= 0) {
            see(event, variable.lastWrite);
        }
        variable.enter(event, chain, writes, holds, held.sets);
        variable.firstGroup =
                entries.add(variable.name, variable.firstGroup, chain, log.sites[event], holds << 3 | kind, event);
    }

    /** Puts a read after the write that it saw, for the order that keeps that. */
    private void see(int event, int write) {
        if (!chains.isBefore(log, schedulable, write, event)) {
            if (schedulable == happensBefore) {
                schedulable = happensBefore.branch(event);
            }
            schedulable.advanceOver(event, write, chains);
        }
    }

    private boolean follows(RaceVariable variable, int earlier, int event) {
        return variable.accesses == 0 || chains.isBefore(log, causality, earlier, event);
    }

    /** {@return whether there may be accesses that neither causality nor locks keep apart, as far as O(1) tells} */
    private boolean mayRace(RaceVariable variable, int event, int chain, boolean writes, int holds) {
        if (variable.soleChain == chain || held.exclude(variable.commonHolds, holds)) {
            return false;
        }
        boolean oneWriter = variable.soleWriter != RaceVariable.SEVERAL;
        return writes || !(oneWriter && (variable.lastWrite < 0 || follows(variable, variable.lastWrite, event)));
    }

    /** Finds the accesses that one races with; returns whether all that it conflicts with are its causes. */
    private boolean compare(RaceVariable variable, int event, int chain, int kind, int holds) {
        int conflicting = (PLAIN >> kind & 1) != 0 ? -1 : PLAIN;
        if (!RaceEngine.writes(kind)) {
            conflicting &= WRITES;
        }
        boolean allKnown = true;
        for (int group = variable.firstGroup; group >= 0; group = entries.nextGroup(group)) {
            if ((conflicting >> entries.kind(group) & 1) != 0) {
                boolean apart = held.exclude(entries.holds(group), holds);
                allKnown &= !apart && !compareGroup(variable, group, event, chain, kind);
            }
        }
        return allKnown;
    }

    /** Finds the accesses of a group that one races with; returns whether there are any that are not its causes. */
    private boolean compareGroup(RaceVariable variable, int group, int event, int chain, int kind) {
        int trace = log.taskTraces[log.tasks[event]];
        int finding = -1;
        int racing = 0;
        boolean unknown = false;
        for (int entry = entries.first(group); entry >= 0; entry = entries.next(entry)) {
            int from = entries.chain(entry);
            int caused = from == chain ? Integer.MAX_VALUE : causality.known(event, from);
            if (entries.lastPosition(entry) <= caused) {
                continue;
            }
            unknown = true;
            if (betweenTraces && log.taskTraces[log.tasks[entries.last(entry)]] == trace) {
                continue;
            }
            if (racing++ == MAX_RACING) {
                // The pair of sites is found; the latest chains, which are left out last, are the surest to race.
                notCounted++;
                break;
            }
            if (finding < 0) {
                finding =
                        findings.find(variable.name, entries.site(group), entries.kind(group), log.sites[event], kind);
            }
            findings.count(finding, entries.countAfter(entry, caused));
            example(finding, group, entry, event, kind, caused);
        }
        return unknown;
    }

    /** Makes a pair of accesses the example of a finding if it is better than the one there is. */
    private void example(int finding, int group, int entry, int event, int kind, int caused) {
        if (findings.rank(finding) <= bestRank(entries.kind(group), kind, event) && !findings.isOf(finding, event)) {
            return;
        }
        int earlier = entries.last(entry);
        int rank = verdict(entry, event, caused).ordinal() * KINDS
                + kind(earlier, event).ordinal();
        if (findings.isBetter(finding, rank, earlier, event)) {
            int other = log.tasks[earlier];
            int holdsAndKind = entries.holds(group) << 3 | entries.kind(group);
            findings.earlier(finding, rank, earlier, other, entries.site(group), holdsAndKind);
            findings.later(finding, event, log.tasks[event], log.sites[event], contexts.lockSet(event), kind);
        }
    }

    /** {@return the rank than which a race of these kinds is never better} */
    private int bestRank(int earlier, int later, int event) {
        if (!RaceEngine.writes(earlier) || !RaceEngine.writes(later)) {
            return Kind.READ_WRITE.ordinal();
        }
        return contexts.readBefore(event) < 0 || log.values.length == 0
                ? Kind.WRITE_WRITE.ordinal()
                : Kind.LOST_UPDATE.ordinal();
    }

    private Verdict verdict(int entry, int event, int caused) {
        int from = entries.chain(entry);
        int last = entries.lastPosition(entry);
        int known = happensBefore == causality ? caused : happensBefore.known(event, from);
        if (last <= known) {
            return Verdict.POSSIBLE;
        }
        known = schedulable == happensBefore ? known : schedulable.known(event, from);
        return last <= known ? Verdict.LIKELY : Verdict.CERTAIN;
    }

    private Kind kind(int a, int b) {
        if (!Accesses.writes(log.kind(a)) || !Accesses.writes(log.kind(b))) {
            return Kind.READ_WRITE;
        }
        return lostUpdate(a, b) ? Kind.LOST_UPDATE : Kind.WRITE_WRITE;
    }

    /** {@return whether both writes replaced the same value: the values are the evidence} */
    private boolean lostUpdate(int a, int b) {
        int readByA = contexts.readBefore(a);
        int readByB = contexts.readBefore(b);
        Object seen = readByA < 0 || readByB < 0 ? null : log.value(readByA);
        return seen != null
                && seen.equals(log.value(readByB))
                && !seen.equals(log.value(a))
                && !seen.equals(log.value(b));
    }

    /** {@return what the counts leave out, and what locks could not be kept} */
    List<Diagnostic> diagnostics() {
        List<Diagnostic> diagnostics = new ArrayList<>(held.sets.diagnostics());
        if (notCounted > 0) {
            diagnostics.add(new Diagnostic(
                    "RACES_NOT_COUNTED",
                    Counted.of(notCounted, "[time|times]") + " an access raced with more than " + MAX_RACING
                            + " tasks at one pair of sites: more pairs race than are counted",
                    0));
        }
        return diagnostics;
    }
}
