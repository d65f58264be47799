package io.clockwork.record;

import java.util.Arrays;

/**
 * Operations on what a task has learned: vectors without zeros, as pairs of a component and its counter, by component.
 * Vectors are never changed in place.
 */
final class Knowledge {
    static final long[] NONE = new long[0];

    private Knowledge() {}

    /** {@return the counter of a component, 0 when nothing is known of it; O(log n)} */
    static long get(long[] vector, int component) {
        int index = indexOf(vector, component);
        return index >= 0 ? vector[index + 1] : 0;
    }

    private static int indexOf(long[] vector, int component) {
        int low = 0;
        int high = (vector.length >> 1) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (vector[2 * middle] < component) {
                low = middle + 1;
            } else if (vector[2 * middle] > component) {
                high = middle - 1;
            } else {
                return 2 * middle;
            }
        }
        return -2 * low - 1;
    }

    /** {@return the vector with a component raised to a counter; the same one when it has that already} */
    static long[] with(long[] vector, int component, long counter) {
        int index = indexOf(vector, component);
        if (counter == 0 || (index >= 0 && vector[index + 1] >= counter)) {
            return vector;
        }
        if (index >= 0) {
            long[] raised = vector.clone();
            raised[index + 1] = counter;
            return raised;
        }
        int place = -index - 1;
        long[] wider = Arrays.copyOf(vector, vector.length + 2);
        System.arraycopy(vector, place, wider, place + 2, vector.length - place);
        wider[place] = component;
        wider[place + 1] = counter;
        return wider;
    }

    /** {@return the greater counter of each component; O(n + m)} */
    static long[] merge(long[] a, long[] b) {
        long[] merged = new long[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            boolean fromA = j == b.length || (i < a.length && a[i] <= b[j]);
            boolean fromB = i == a.length || (j < b.length && b[j] <= a[i]);
            merged[size] = fromA ? a[i] : b[j];
            merged[size + 1] = Math.max(fromA ? a[i + 1] : 0, fromB ? b[j + 1] : 0);
            size += 2;
            i += fromA ? 2 : 0;
            j += fromB ? 2 : 0;
        }
        return size == merged.length ? merged : Arrays.copyOf(merged, size);
    }
}
