package io.clockwork.analysis;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is usual of operations, learned from traces: the time that each spends by itself, what it calls and how often it
 * fails. Baselines can be joined and stored.
 *
 * <p>The time of an operation that only waits for one call to another service is kept apart for each such service.
 * Quantiles are kept to 1%: some hundred numbers an operation, however many traces. Immutable.
 *
 * @see <a href="https://doi.org/10.14778/3352063.3352135">C. Masson, J. E. Rim, H. K. Lee, <i>DDSketch</i>, PVLDB 12(12),
 *     2019</a>
 */
public final class Baseline {
    /** How many runs of an operation it takes before anything is said of another one, unless told otherwise. */
    public static final int MIN_SAMPLES = 20;

    final long traces;
    final Map<Cell, Usual> usual;
    final Map<CalledOperations.Callee, CalledOperations> calls;

    /** An operation and the service that its own time is charged to. */
    record Cell(String service, String charged, String operation) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int byService = service.compareTo(other.service);
            int byOperation = byService != 0 ? byService : operation.compareTo(other.operation);
            return byOperation != 0 ? byOperation : charged.compareTo(other.charged);
        }
    }

    Baseline(long traces, Map<Cell, Usual> usual, Map<CalledOperations.Callee, CalledOperations> calls) {
        this.traces = traces;
        this.usual = usual;
        this.calls = calls;
    }

    /** {@return a baseline of nothing} */
    public static Baseline empty() {
        return new Baseline(0, new TreeMap<>(), new TreeMap<>());
    }

    /** {@return the baseline of what is in {@code log}, all of which is taken for usual; O(n)} */
    public static Baseline of(EventLog log) {
        return empty().learn(log);
    }

    /**
     * Returns this baseline with what is in {@code log}; times that this one finds unusual are left out, so that a fault
     * does not become usual by lasting.
     */
    public Baseline learn(EventLog log) {
        return new BaselineLearner(this).learn(log);
    }

    /** {@return the baseline of all that this one and {@code other} have seen} */
    public Baseline merge(Baseline other) {
        Baseline merged = copy();
        other.usual.forEach((cell, theirs) ->
                merged.usual.computeIfAbsent(cell, c -> new Usual()).addAll(theirs));
        other.calls.forEach((caller, theirs) -> merged.calls
                .computeIfAbsent(caller, c -> new CalledOperations())
                .addAll(theirs));
        return new Baseline(traces + other.traces, merged.usual, merged.calls);
    }

    Baseline copy() {
        Map<Cell, Usual> times = new TreeMap<>();
        usual.forEach(
                (cell, own) -> times.computeIfAbsent(cell, c -> new Usual()).addAll(own));
        Map<CalledOperations.Callee, CalledOperations> called = new TreeMap<>();
        calls.forEach((caller, own) ->
                called.computeIfAbsent(caller, c -> new CalledOperations()).addAll(own));
        return new Baseline(traces, times, called);
    }

    /** {@return what is unusual about {@code log}; nothing is said of operations of which fewer than 20 runs were seen} */
    public Anomalies check(EventLog log) {
        return check(log, MIN_SAMPLES);
    }

    /**
     * Returns what is unusual about {@code log}; O(n).
     *
     * <p>A time x is unusual if |0.6745 (x &minus; median) / MAD| &gt; 3.5, where the MAD counts as at least 2% of the
     * median and 50 µs (Iglewicz and Hoaglin, <i>How to Detect and Handle Outliers</i>, 1993).
     *
     * @param minSamples how many runs of an operation must have been seen before anything is said of it, from 2
     */
    public Anomalies check(EventLog log, int minSamples) {
        if (minSamples < 2) {
            throw new IllegalArgumentException("minSamples must be at least 2, was " + minSamples);
        }
        return new AnomalyDetector(this, minSamples).check(log);
    }

    /** {@return how many traces were learned} */
    public long traces() {
        return traces;
    }

    /** {@return the baseline as JSON, as {@code docs/formats/baseline-json.md} describes it; the same for equal baselines} */
    public String toJson() {
        return BaselineJson.write(this);
    }

    /**
     * Returns the baseline that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if {@code json} is not such a document, or of a version that is not known
     */
    public static Baseline parse(String json) {
        return BaselineJson.read(json);
    }
}
