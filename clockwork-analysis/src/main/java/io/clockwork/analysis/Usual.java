package io.clockwork.analysis;

/** What is usual of one operation: its own times, and how often it fails. */
final class Usual {
    /** A MAD below both counts as this much: small differences are no anomaly however rare they are. */
    private static final double MIN_MAD_SHARE = 0.02;

    private static final double MIN_MAD_NANOS = 50_000;
    /** What makes the MAD of normal values their standard deviation. */
    private static final double MAD_TO_SIGMA = 0.6745;

    final QuantileSketch times = new QuantileSketch();
    long errors;
    private double mean;
    private double squares;

    private double median;
    private double mad = -1;

    void add(long nanos, boolean failed) {
        times.add(nanos);
        double distance = nanos - mean;
        mean += distance / times.count();
        squares += distance * (nanos - mean);
        errors += failed ? 1 : 0;
        mad = -1;
    }

    void addAll(Usual other) {
        long before = times.count();
        addMoments(before, other.times.count(), other.mean, other.squares);
        times.addAll(other.times);
        errors += other.errors;
        mad = -1;
    }

    /** Joins moments, by Chan, Golub and LeVeque, Updating Formulae and a Pairwise Algorithm for Variances, 1979. */
    private void addMoments(long own, long others, double otherMean, double otherSquares) {
        if (others > 0) {
            double distance = otherMean - mean;
            double all = (double) own + others;
            squares += otherSquares + distance * distance * own * others / all;
            mean += distance * others / all;
        }
    }

    void restore(double storedMean, double storedSquares) {
        mean = storedMean;
        squares = storedSquares;
    }

    double mean() {
        return mean;
    }

    double squares() {
        return squares;
    }

    double deviation() {
        return times.count() < 2 ? 0 : Math.sqrt(squares / (times.count() - 1));
    }

    double median() {
        measure();
        return median;
    }

    /** {@return how many robust standard deviations a time is above the median; negative below} */
    double score(long nanos) {
        measure();
        return MAD_TO_SIGMA * (nanos - median) / mad;
    }

    private void measure() {
        if (mad < 0) {
            median = times.quantile(0.5);
            mad = Math.max(times.medianDistance(median), Math.max(MIN_MAD_SHARE * median, MIN_MAD_NANOS));
        }
    }
}
