package io.clockwork.analysis;

/** Number, mean and variance of some values, in one pass. */
final class Moments {
    /*
     * Welford's update [1]. Two samples are compared by Welch's t with each variance moderated: it counts as if PRIOR_WEIGHT
     * more values of standard deviation PRIOR_DEVIATION had been seen, so that one or two values can say something and
     * ten equal ones do not say everything [2].
     *
     * [1] B. P. Welford, Note on a Method for Calculating Corrected Sums of Squares and Products, Technometrics 4(3), 1962
     * [2] G. K. Smyth, Linear Models and Empirical Bayes Methods, Statistical Applications in Genetics 3(1), 2004
     */
    private static final double PRIOR_DEVIATION = 0.5;
    private static final double PRIOR_WEIGHT = 2;

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
    }

    /** Adds {@code times} zeros. */
    void addZeros(long times) {
        if (times > 0) {
            double sum = mean * count;
            double sumOfSquares = squares + mean * sum;
            count += times;
            mean = sum / count;
            squares = Math.max(0, sumOfSquares - mean * sum);
        }
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** {@return by how many standard errors the mean is above that of {@code other}} */
    double above(Moments other) {
        return (mean - other.mean) / Math.sqrt(errorSquare() + other.errorSquare());
    }

    private double errorSquare() {
        double moderated =
                (squares + PRIOR_WEIGHT * PRIOR_DEVIATION * PRIOR_DEVIATION) / (Math.max(count - 1, 0) + PRIOR_WEIGHT);
        return moderated / count;
    }
}
