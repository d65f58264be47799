package io.clockwork.analysis;

import io.clockwork.analysis.Race.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds races in operations of threads as they are added, and keeps none of them: memory depends on threads, locks and
 * variables, and on how many places access a variable, not on how many events there were.
 *
 * <p>Operations are added in the order of the run. Threads, variables, locks and sites are numbers from 0, as dense as
 * possible. A thread that was joined leaves its place in the clocks to a later one that follows from its end. Odd input,
 * such as the release of a lock that is not held, is counted, and analysis goes on. Results are valid after each event.
 * Not thread-safe.
 *
 * <p>An event costs O(1) unless it races or acquires what is new to its thread, then O(threads).
 *
 * @see <a href="https://doi.org/10.1145/1542476.1542490">C. Flanagan, S. Freund, <i>FastTrack: Efficient and Precise
 *     Dynamic Race Detection</i>, PLDI 2009</a>
 */
public final class RaceStream {
    /** Operations, by what they are to the order of events. */
    public static final int READ = 0;

    /** A write of a variable. */
    public static final int WRITE = 1;
    /** The acquisition of a lock. */
    public static final int ACQUIRE = 2;
    /** The release of a lock. */
    public static final int RELEASE = 3;
    /** The start of a thread by another one. */
    public static final int FORK = 4;
    /** The wait for the end of a thread by another one. */
    public static final int JOIN = 5;
    /** Something that orders nothing. */
    public static final int OTHER = 6;

    /** No operation of any thread, which only has its number. */
    public static final int NOTHING = 7;

    /** How many ints an event has in a batch: operation and thread, target, site. */
    public static final int INTS = 3;

    private final RaceEngine engine;
    private final LockSets lockSets;
    /** Has seen the same events before, to tell which variables are worth being looked at. */
    private final @Nullable RaceStream scan;

    private final @Nullable BitSet candidates;
    private final boolean withDetails;

    private final ThreadSlots threads;
    private final LockHolds holds;
    private int locks;
    private int variables;
    private int events;

    RaceStream(RaceEngine.Detail detail, RaceEngine.@Nullable PairListener listener) {
        this(detail, listener, new LockSets(), null);
    }

    private RaceStream(
            RaceEngine.Detail detail,
            RaceEngine.@Nullable PairListener listener,
            LockSets lockSets,
            @Nullable RaceStream scan) {
        this.lockSets = lockSets;
        this.scan = scan;
        candidates = scan == null ? null : scan.engine.candidates;
        engine = new RaceEngine(detail, lockSets, listener, RaceStream::rank);
        withDetails = detail != RaceEngine.Detail.EVENTS;
        threads = new ThreadSlots(engine);
        boolean withLockSets = detail == RaceEngine.Detail.VERDICTS || detail == RaceEngine.Detail.CANDIDATES;
        holds = new LockHolds(withLockSets ? lockSets : null);
    }

    private static int rank(Verdict verdict, int earlier, int later) {
        return verdict.ordinal();
    }

    /** {@return a stream that tells which accesses race with an earlier one, and nothing else: the fastest} */
    public static RaceStream ofRacyEvents() {
        return new RaceStream(RaceEngine.Detail.EVENTS, null);
    }

    /** {@return a stream that also tells the pairs of sites that race by happens-before} */
    public static RaceStream ofSitePairs() {
        return new RaceStream(RaceEngine.Detail.PAIRS, null);
    }

    /** {@return a stream that tells all: pairs of sites, how sure each race is, and what only this run's sync prevented} */
    public static RaceStream ofVerdicts() {
        return new RaceStream(RaceEngine.Detail.VERDICTS, null);
    }

    /**
     * Returns a stream that finds out about which variables there is something to tell, for {@link #verdicts}: where the
     * same events can be read twice that is faster, and memory is needed only for these variables.
     */
    public static RaceStream ofCandidates() {
        return new RaceStream(RaceEngine.Detail.CANDIDATES, null);
    }

    /**
     * Returns a stream for the same events once more, that tells all about the candidates that this one found.
     *
     * @throws IllegalStateException if this stream is not one of candidates
     */
    public RaceStream verdicts() {
        return secondLook(RaceEngine.Detail.CANDIDATES, RaceEngine.Detail.VERDICTS, "ofCandidates()");
    }

    /**
     * Returns a stream for the same events once more, that tells the pairs of sites of the racy events that this one found.
     *
     * @throws IllegalStateException if this stream is not one of racy events
     */
    public RaceStream sitePairs() {
        return secondLook(RaceEngine.Detail.EVENTS, RaceEngine.Detail.PAIRS, "ofRacyEvents()");
    }

    private RaceStream secondLook(RaceEngine.Detail first, RaceEngine.Detail second, String begin) {
        if (engine.detail() != first) {
            throw new IllegalStateException("a second look needs a first one of the right kind: begin with " + begin);
        }
        return new RaceStream(second, null, lockSets, this);
    }

    /** {@return an operation and a thread in one int, the first of an event in a batch} */
    public static int head(int operation, int thread) {
        return thread << 3 | operation;
    }

    /** Adds events of {@value #INTS} ints each: {@link #head}, target and site. */
    public void addAll(int[] batch, int from, int to) {
        if (candidates != null) {
            addCandidates(batch, from, to, candidates);
            return;
        }
        for (int i = from; i < to; i += INTS) {
            add(batch[i] & 7, batch[i] >>> 3, batch[i + 1], batch[i + 2]);
        }
    }

    /** Passes over most events, and leaves the code of {@link #add} as the first look has had it compiled. */
    private void addCandidates(int[] batch, int from, int to, BitSet candidates) {
        for (int i = from; i < to; i += INTS) {
            int operation = batch[i] & 7;
            int thread = batch[i] >>> 3;
            if (operation > WRITE) {
                add(operation, thread, batch[i + 1], batch[i + 2]);
            } else {
                int stamp = ++events;
                int slot = threads.slot(thread, stamp);
                if (candidates.get(batch[i + 1])) {
                    look(operation, slot, thread, batch[i + 1], batch[i + 2], stamp);
                }
            }
        }
    }

    /**
     * Adds the next event; returns whether it is an access that races with an earlier one.
     *
     * @param target the variable, lock or thread that the operation is about
     * @throws IllegalStateException if more than 32,768 threads run at a time
     */
    public boolean add(int operation, int thread, int target, int site) {
        int stamp = ++events;
        if (operation == NOTHING) {
            return false;
        }
        int slot = threads.slot(thread, stamp);
        switch (operation) {
            case READ, WRITE -> {
                if (withDetails) {
                    return isCandidate(target) && look(operation, slot, thread, target, site, stamp);
                }
                variable(target);
                return engine.access(operation, slot, target, stamp);
            }
            case ACQUIRE -> acquire(thread, slot, target);
            case RELEASE -> release(thread, slot, target, stamp);
            case FORK -> threads.fork(slot, target, stamp);
            case JOIN -> threads.join(slot, target, stamp);
            default -> {
                // orders nothing
            }
        }
        return false;
    }

    private boolean isCandidate(int variable) {
        return candidates == null || candidates.get(variable);
    }

    private boolean look(int operation, int slot, int thread, int variable, int site, int stamp) {
        variable(variable);
        return engine.look(operation, slot, thread, variable, site, holds.lockSet(thread), stamp);
    }

    private void variable(int variable) {
        if (variable >= variables) {
            variables = variable + 1;
            engine.variable(variable);
        }
    }

    private void acquire(int thread, int slot, int lock) {
        lock(lock);
        engine.acquire(slot, lock);
        holds.acquire(thread, lock);
    }

    private void release(int thread, int slot, int lock, int stamp) {
        lock(lock);
        engine.release(slot, lock, stamp);
        holds.release(thread, lock);
    }

    private void lock(int lock) {
        if (lock >= locks) {
            locks = lock + 1;
            engine.lock(lock);
        }
    }

    /** Tells the names of what has numbers. */
    public interface Names {
        /** {@return the name of a thread} */
        String thread(int thread);

        /** {@return the name of a variable} */
        String variable(int variable);

        /** {@return the name of a lock} */
        String lock(int lock);

        /** {@return the name of a site: a place in the source code} */
        String site(int site);
    }

    /**
     * Returns what was found so far as a report, with {@code more} diagnostics before its own, and
     * without the findings that are accepted, which it lists. Of races that are asked for
     * by verdicts all is told; by pairs of sites those that happens-before leaves open, as certain.
     */
    public Report report(Names names, List<Diagnostic> more, Suppressions suppressions) {
        List<Diagnostic> all = new ArrayList<>(more);
        all.addAll(diagnostics());
        return new StreamReport(this, names).build(all, suppressions);
    }

    /** The stream that knows all variables: a first look for candidates, otherwise this one. */
    private RaceStream knowing() {
        return scan != null && scan.engine.detail() == RaceEngine.Detail.CANDIDATES ? scan : this;
    }

    /** {@return how many variables {@link #uses} tells of} */
    int variables() {
        return knowing().variables;
    }

    VariableUse uses() {
        return knowing().engine.uses;
    }

    /** {@return what was odd about the input, counted} */
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> found = new ArrayList<>();
        holds.diagnose(found);
        threads.diagnose(found);
        found.addAll(lockSets.diagnostics());
        return found;
    }

    static void diagnose(List<Diagnostic> found, String code, int count, String what) {
        if (count > 0) {
            found.add(new Diagnostic(code, count + " " + what, 0));
        }
    }

    RaceEngine engine() {
        return engine;
    }

    LockSets lockSets() {
        return lockSets;
    }

    /** {@return how many events were added} */
    public int events() {
        return events;
    }

    /** {@return how many threads had events} */
    public int threads() {
        return threads.begun();
    }

    /** {@return how wide the clocks are: the most threads of which none was known to follow another's end} */
    public int width() {
        return threads.slots();
    }

    /** {@return how many accesses race with an earlier one} */
    public long racyEvents() {
        return engine.racyEvents();
    }

    /** {@return how many variables have a race} */
    public int racyVariables() {
        return engine.racyVariables();
    }

    /** {@return how many pairs of accesses race; 0 where only racy events are asked for} */
    public long racyPairs() {
        return engine.racyPairs();
    }
}
