package io.clockwork.analysis;

import io.clockwork.analysis.Race.Verdict;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds races in one pass over events in a linear extension of happens-before, without keeping the events.
 *
 * <p>Events have stamps that ascend from 1. A slot is a chain of causality: a task, or several one after the other.
 * Happens-before, causality and schedulable happens-before go side by side; the last is the first until a read races with
 * the write that it saw, and costs nothing so far.
 */
final class RaceEngine {
    /** How much is to be found out. */
    enum Detail {
        /** Which accesses race with an earlier one. */
        EVENTS,
        /** Also with which ones, by happens-before. */
        PAIRS,
        /** Also how sure each race is, and what only this run's sync kept from being one. */
        VERDICTS,
        /** Which variables the last finds something about, and nothing of it. */
        CANDIDATES
    }

    /** Takes every racing pair; for those who keep all of them. */
    interface PairListener {
        void pair(int earlier, int later, boolean certain);
    }

    /** Ranks a pair of accesses with this verdict: smaller is surer and worse. */
    interface Judge {
        int rank(Verdict verdict, int earlier, int later);
    }

    static final int READ = 0;
    static final int WRITE = 1;
    static final int ATOMIC_READ = 2;
    static final int ATOMIC_WRITE = 3;
    static final int ATOMIC_UPDATE = 4;

    private static final int WRITES = 1 << WRITE | 1 << ATOMIC_WRITE | 1 << ATOMIC_UPDATE;

    private final Detail detail;
    private final LockSets lockSets;
    private final @Nullable PairListener listener;
    private final Judge judge;

    final ClockVersions versions = new ClockVersions();
    final SlotClocks causality = new SlotClocks(versions);
    final SlotClocks happensBefore = new SlotClocks(versions);
    /** Stands for nothing until {@link #diverged}. */
    final SlotClocks schedulable = new SlotClocks(versions);

    private final LockClocks locks = new LockClocks(happensBefore);
    private final LockClocks schedulableLocks = new LockClocks(schedulable);
    private final Captures captures = new Captures(versions);
    private boolean diverged;

    private final VariableStates states = new VariableStates();
    final VariableUse uses;
    final AccessHistory history;
    final BitSet candidates = new BitSet();
    final RaceFindings findings = new RaceFindings();
    private final LastWrites lastWrites = new LastWrites(versions);

    private int slots;
    private int variables;
    private int[] lastSent = new int[16];
    private int[] firstRacy = new int[64];

    private long racyEvents;
    private int racyVariables;
    private long racyPairs;
    private int firstRace;
    private int latestPartner;
    private int earliestPartner;

    RaceEngine(Detail detail, LockSets lockSets, @Nullable PairListener listener, Judge judge) {
        this.detail = detail;
        this.lockSets = lockSets;
        this.listener = listener;
        this.judge = judge;
        history = new AccessHistory(new Known(), listener != null);
        uses = new VariableUse(lockSets);
    }

    static boolean writes(int kind) {
        return (WRITES >> kind & 1) != 0;
    }

    /** Makes room for slots up to {@code slot}. */
    void slot(int slot) {
        if (slot >= slots) {
            slots = slot + 1;
            causality.grow(slots);
            happensBefore.grow(slots);
            schedulable.grow(slots);
            if (slots > lastSent.length) {
                lastSent = Arrays.copyOf(lastSent, Math.max(slots, lastSent.length * 2));
            }
        }
    }

    /** Makes room for locks up to {@code lock}. */
    void lock(int lock) {
        locks.grow(lock + 1);
        schedulableLocks.grow(lock + 1);
    }

    /** Makes room for variables up to {@code variable}. */
    void variable(int variable) {
        if (variable >= variables) {
            variables = variable + 1;
            states.grow(variables);
            if (detail != Detail.EVENTS) {
                uses.grow(variables);
                history.grow(variables);
                lastWrites.grow(variables);
            }
            if (variables > firstRacy.length) {
                firstRacy = Arrays.copyOf(firstRacy, Math.max(variables, firstRacy.length * 2));
            }
        }
    }

    void acquire(int slot, int lock) {
        locks.acquire(lock, slot);
        if (diverged) {
            schedulableLocks.acquire(lock, slot);
        }
    }

    void release(int slot, int lock, int stamp) {
        locks.release(lock, slot, stamp);
        if (diverged) {
            schedulableLocks.release(lock, slot, stamp);
        }
        lastSent[slot] = stamp;
    }

    /** Makes {@code to} follow all that {@code from} did until {@code stamp}, in every schedule of the program. */
    void cause(int from, int to, int stamp) {
        causality.learn(to, causality.version(from), from, stamp);
        happensBefore.learn(to, happensBefore.version(from), from, stamp);
        if (diverged) {
            schedulable.learn(to, schedulable.version(from), from, stamp);
        }
        lastSent[from] = stamp;
    }

    /** Keeps what {@code slot} knows at {@code stamp} for {@link #follow}; returns its number. */
    int capture(int slot, int stamp) {
        lastSent[slot] = Math.max(lastSent[slot], stamp);
        return captures.add(
                slot,
                stamp,
                causality.version(slot),
                happensBefore.version(slot),
                schedulable().version(slot));
    }

    /** Makes {@code slot} follow an event of the past: only in this run if {@code sync}, otherwise in every schedule. */
    void follow(int slot, int capture, boolean sync) {
        int from = captures.slot(capture);
        int stamp = captures.stamp(capture);
        if (!sync) {
            causality.learn(slot, captures.causality(capture), from, stamp);
        }
        happensBefore.learn(slot, captures.happensBefore(capture), from, stamp);
        if (diverged) {
            schedulable.learn(slot, captures.schedulable(capture), from, stamp);
        }
    }

    /** Gives a capture back: nobody follows it any more. */
    void forget(int capture) {
        captures.remove(capture);
    }

    /**
     * Enters a plain access of a variable, {@link #READ} or {@link #WRITE}; returns whether it races with an earlier one, of
     * which nothing else is found out.
     */
    boolean access(int kind, int slot, int variable, int stamp) {
        int[] row = happensBefore.row(slot);
        boolean racy =
                kind == READ ? states.read(variable, slot, stamp, row) : states.write(variable, slot, stamp, row);
        if (racy) {
            racy(variable, stamp);
        }
        return racy;
    }

    private void racy(int variable, int stamp) {
        racyEvents++;
        if (firstRacy[variable] == 0) {
            firstRacy[variable] = stamp;
            racyVariables++;
            candidates.set(variable);
        }
        if (firstRace == 0) {
            firstRace = stamp;
        }
    }

    /** Enters an access as {@link #access} does, and finds out about it what {@link #detail} says. */
    boolean look(int kind, int slot, int task, int variable, int site, int lockSet, int stamp) {
        boolean racy = access(kind, slot, variable, stamp);
        boolean mayRace = racy || (detail != Detail.PAIRS && uses.mayRace(variable, kind, slot, lockSet, causality));
        uses.add(variable, kind, slot, lockSet, stamp);
        if (detail == Detail.CANDIDATES) {
            if (mayRace) {
                candidates.set(variable);
            }
            return racy;
        }
        if (mayRace) {
            compare(kind, slot, task, variable, site, lockSet, stamp);
        }
        history.add(variable, kind, slot, task, site, lockSet, stamp, lastSent[slot]);
        if (detail == Detail.VERDICTS) {
            follow(kind, slot, variable, stamp);
        }
        return racy;
    }

    /** Keeps schedulable happens-before: a read follows the write that it saw. */
    private void follow(int kind, int slot, int variable, int stamp) {
        if (kind == READ) {
            int write = lastWrites.stamp(variable);
            if (write > 0 && !schedulable().knows(slot, lastWrites.slot(variable), write)) {
                diverge();
                schedulable.learn(slot, lastWrites.version(variable), lastWrites.slot(variable), write);
            }
        } else {
            lastWrites.set(variable, slot, stamp, schedulable().version(slot));
        }
    }

    private SlotClocks schedulable() {
        return diverged ? schedulable : happensBefore;
    }

    private void diverge() {
        if (!diverged) {
            diverged = true;
            for (int slot = 0; slot < slots; slot++) {
                schedulable.share(slot, happensBefore);
            }
            schedulableLocks.share(locks);
        }
    }

    private void compare(int kind, int slot, int task, int variable, int site, int lockSet, int stamp) {
        int[] records = history.records(variable);
        int size = history.size(variable);
        for (int at = 0; at < size; at += AccessHistory.RECORD) {
            int other = records[at + AccessHistory.LOCKS_AND_KIND] & 7;
            int from = records[at + AccessHistory.SLOT];
            int last = records[at + AccessHistory.LAST];
            if (from == slot || !(writes(kind) || writes(other))) {
                continue;
            }
            Verdict verdict = Verdict.POSSIBLE;
            if (last > happensBefore.known(slot, from)) {
                verdict = schedulable().knows(slot, from, last) ? Verdict.LIKELY : Verdict.CERTAIN;
                race(records, at, last, slot, from, stamp);
            } else if (detail != Detail.VERDICTS
                    || last <= causality.known(slot, from)
                    || lockSets.exclude(lockSet, records[at + AccessHistory.LOCKS_AND_KIND] >>> 3)) {
                continue;
            }
            int finding = findings.find(variable, records[at + AccessHistory.SITE], other, site, kind);
            findings.count(finding, records[at + AccessHistory.COUNT]);
            int rank = judge.rank(verdict, last, stamp);
            if (findings.isBetter(finding, rank, last, stamp)) {
                findings.earlier(finding, rank, records, at);
                findings.later(finding, stamp, task, site, lockSet, kind);
            }
        }
    }

    private void race(int[] records, int at, int last, int slot, int from, int stamp) {
        racyPairs += records[at + AccessHistory.COUNT];
        if (firstRace == stamp) {
            int first = records[at + AccessHistory.FIRST];
            latestPartner = Math.max(latestPartner, last);
            earliestPartner = earliestPartner == 0 ? first : Math.min(earliestPartner, first);
        }
        if (listener != null) {
            listener.pair(last, stamp, !schedulable().knows(slot, from, last));
        }
    }

    /** What is known of a slot: by other slots, and by those who will follow a release or an event of the past. */
    private final class Known implements AccessHistory.KnownStamps {
        @Override
        public int[] of(int slot) {
            int[] known = new int[(slots + captures.limit()) * 2 + locks.size()];
            int size = 0;
            for (int s = 0; s < slots; s++) {
                known[size++] = happensBefore.known(s, slot);
                known[size++] = causality.known(s, slot);
            }
            for (int lock = 0; lock < locks.size(); lock++) {
                known[size++] = locks.stampOf(lock, slot);
            }
            for (int capture = 0; capture < captures.limit(); capture++) {
                known[size++] = captures.stampOf(capture, slot);
                known[size++] = captures.causalStampOf(capture, slot);
            }
            Arrays.sort(known);
            return known;
        }

        /** Each slot is asked for once in that many events at most: so few that it does not show. */
        @Override
        public int interval() {
            return (int) Math.min(4L * slots * (slots + captures.limit() + locks.size()), 1 << 20);
        }
    }

    Detail detail() {
        return detail;
    }

    /** {@return the stamp of the last event of a slot that others may have learned of} */
    int lastSent(int slot) {
        return lastSent[slot];
    }

    /** {@return how many accesses race with an earlier one} */
    long racyEvents() {
        return racyEvents;
    }

    int racyVariables() {
        return racyVariables;
    }

    /** {@return how many pairs of accesses race by happens-before} */
    long racyPairs() {
        return racyPairs;
    }

    /** {@return the stamp of the first access that races with an earlier one; 0 if there is none} */
    int firstRace() {
        return firstRace;
    }

    /** {@return the last of the accesses that the first race is with} */
    int latestPartner() {
        return latestPartner;
    }

    int earliestPartner() {
        return earliestPartner;
    }

    /** {@return the stamp of the first access of a variable that races with an earlier one; 0 if there is none} */
    int firstRacy(int variable) {
        return firstRacy[variable];
    }
}
