package io.clockwork.analysis;

import java.util.Arrays;

/** Quantiles of values from 0 on to 1% of the value, in buckets whose bounds grow by a constant factor; mergeable. */
final class QuantileSketch {
    /*
     * DDSketch [1]: value v is in bucket ceil(log v / log γ) with γ = (1 + α) / (1 - α), and the bucket's value
     * 2 γ^i / (γ + 1) is off by α of any value in it at most. Values below 1, the smallest time there is, are zeros. All
     * longs are in some 2,200 buckets; the array covers those between the smallest and the largest one.
     *
     * [1] C. Masson, J. E. Rim, H. K. Lee, DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error
     *     Guarantees, PVLDB 12(12), 2019
     */
    static final double ACCURACY = 0.01;
    /** The bucket of the largest long. */
    static final int MAX_BUCKET = 2_184;

    private static final double GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
    private static final double LOG_GAMMA = Math.log(GAMMA);

    private long zeros;
    private long count;
    private int first;
    private long[] buckets = new long[0];

    void add(long value) {
        if (value < 1) {
            addZeros(1);
        } else {
            add(bucket(value), 1);
        }
    }

    void addZeros(long times) {
        zeros += times;
        count += times;
    }

    void add(int bucket, long times) {
        if (buckets.length == 0) {
            first = bucket;
            buckets = new long[8];
        } else if (bucket < first) {
            long[] larger = new long[first - bucket + buckets.length];
            System.arraycopy(buckets, 0, larger, first - bucket, buckets.length);
            first = bucket;
            buckets = larger;
        }
        if (bucket - first >= buckets.length) {
            buckets = Arrays.copyOf(buckets, Math.max(bucket - first + 1, buckets.length * 2));
        }
        buckets[bucket - first] += times;
        count += times;
    }

    void addAll(QuantileSketch other) {
        addZeros(other.zeros);
        for (int i = 0; i < other.buckets.length; i++) {
            if (other.buckets[i] != 0) {
                add(other.first + i, other.buckets[i]);
            }
        }
    }

    private static int bucket(long value) {
        return (int) Math.ceil(Math.log((double) value) / LOG_GAMMA - 1e-9);
    }

    private static double value(int bucket) {
        return 2 * Math.pow(GAMMA, bucket) / (GAMMA + 1);
    }

    long count() {
        return count;
    }

    long zeros() {
        return zeros;
    }

    int firstBucket() {
        return first;
    }

    /** {@return how many values are in the bucket at an index from {@link #firstBucket} on} */
    long inBucket(int bucket) {
        int index = bucket - first;
        return index < 0 || index >= buckets.length ? 0 : buckets[index];
    }

    int lastBucket() {
        return first + buckets.length - 1;
    }

    /** {@return the value below which a share of the values is, from 0 to 1; 0 if there are none} */
    double quantile(double share) {
        double rank = share * (count - 1);
        long seen = zeros;
        if (seen > rank) {
            return 0;
        }
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (buckets[i] > 0 && seen > rank) {
                return value(first + i);
            }
        }
        return 0;
    }

    /**
     * {@return the median of the distances from {@code center}, of an even number the upper one: two equal groups are apart
     * by more than nothing} Walks outwards, the nearest bucket first.
     */
    double medianDistance(double center) {
        long rank = count / 2;
        int above = 0;
        while (above < buckets.length && value(first + above) < center) {
            above++;
        }
        int below = above - 1;
        long seen = 0;
        boolean zerosLeft = zeros > 0;
        while (true) {
            double up = above < buckets.length ? value(first + above) - center : Double.POSITIVE_INFINITY;
            double down = below >= 0 ? center - value(first + below) : zerosLeft ? center : Double.POSITIVE_INFINITY;
            if (Double.isInfinite(up) && Double.isInfinite(down)) {
                return 0;
            }
            if (up <= down) {
                seen += buckets[above++];
            } else if (below >= 0) {
                seen += buckets[below--];
            } else {
                seen += zeros;
                zerosLeft = false;
            }
            if (seen > rank) {
                return Math.min(up, down);
            }
        }
    }
}
