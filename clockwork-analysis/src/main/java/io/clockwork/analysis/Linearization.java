package io.clockwork.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Orders events so that each comes after its causes, earlier times and earlier input first.
 *
 * <p>By time if that agrees with all causes, otherwise by Kahn's algorithm with a binary heap: O((n + m) log n), no
 * recursion.
 */
final class Linearization {
    private static final int[] NONE = {};

    private final EventLogBuilder log;
    private final int events;
    /** For each event the next one of its task, or -1. */
    private int[] nextOfTask = NONE;

    private int[] missingCauses = NONE;
    private int[] firstEdge = NONE;
    private int[] nextEdge = NONE;

    private int[] heap = NONE;
    private int heapSize;

    private Linearization(EventLogBuilder log) {
        this.log = log;
        events = log.kinds.size();
    }

    /** {@return the events in order; fewer than there are when causes form a cycle} */
    static int[] of(EventLogBuilder log) {
        return new Linearization(log).run();
    }

    private int[] run() {
        if (isOrdered()) {
            int[] same = new int[events];
            for (int e = 0; e < events; e++) {
                same[e] = e;
            }
            return same;
        }
        int[] byTime = byTime();
        if (byTime != null && agrees(byTime)) {
            return byTime;
        }
        link();
        for (int e = 0; e < events; e++) {
            if (missingCauses[e] == 0) {
                push(e);
            }
        }
        int[] order = new int[events];
        int count = 0;
        while (heapSize > 0) {
            int e = pop();
            order[count++] = e;
            if (nextOfTask[e] >= 0) {
                satisfied(nextOfTask[e]);
            }
            for (int k = firstEdge[e]; k >= 0; k = nextEdge[k]) {
                satisfied(log.edgeTo.get(k));
            }
        }
        return Arrays.copyOf(order, count);
    }

    /** {@return whether the order of the input will do: every cause before its effect, and times not going back} */
    private boolean isOrdered() {
        for (int k = 0; k < log.edgeFrom.size(); k++) {
            if (log.edgeFrom.get(k) >= log.edgeTo.get(k)) {
                return false;
            }
        }
        for (int e = 1; e < events && log.timed; e++) {
            if (log.nanos.get(e) < log.nanos.get(e - 1)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the events by time and then by number, or null if their times are too far apart for that in one word} */
    private int @Nullable [] byTime() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int e = 0; e < events; e++) {
            first = Math.min(first, log.nanos.get(e));
            last = Math.max(last, log.nanos.get(e));
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(events);
        if (!log.timed || last - first < 0 || last - first >= 1L << (Long.SIZE - 1 - bits)) {
            return null;
        }
        long[] keys = new long[events];
        for (int e = 0; e < events; e++) {
            keys[e] = (log.nanos.get(e) - first) << bits | e;
        }
        Arrays.sort(keys);
        int[] order = new int[events];
        for (int i = 0; i < events; i++) {
            order[i] = (int) (keys[i] & (1L << bits) - 1);
        }
        return order;
    }

    /** {@return whether an order has every cause before its effect: then it is the one that Kahn's algorithm finds} */
    private boolean agrees(int[] order) {
        int[] place = new int[events];
        int[] lastOfTask = new int[log.taskNames.size()];
        Arrays.fill(lastOfTask, -1);
        for (int i = 0; i < events; i++) {
            int e = order[i];
            int task = log.tasks.get(e);
            if (lastOfTask[task] > e) {
                return false;
            }
            lastOfTask[task] = e;
            place[e] = i;
        }
        for (int k = 0; k < log.edgeFrom.size(); k++) {
            if (place[log.edgeFrom.get(k)] >= place[log.edgeTo.get(k)]) {
                return false;
            }
        }
        return true;
    }

    private void link() {
        nextOfTask = new int[events];
        missingCauses = new int[events];
        firstEdge = new int[events];
        nextEdge = new int[log.edgeFrom.size()];
        heap = new int[events + 1];
        Arrays.fill(nextOfTask, -1);
        Arrays.fill(firstEdge, -1);
        int[] lastOfTask = new int[log.taskNames.size()];
        Arrays.fill(lastOfTask, -1);
        for (int e = 0; e < events; e++) {
            int task = log.tasks.get(e);
            if (lastOfTask[task] >= 0) {
                nextOfTask[lastOfTask[task]] = e;
                missingCauses[e]++;
            }
            lastOfTask[task] = e;
        }
        for (int k = log.edgeFrom.size() - 1; k >= 0; k--) {
            int from = log.edgeFrom.get(k);
            nextEdge[k] = firstEdge[from];
            firstEdge[from] = k;
            missingCauses[log.edgeTo.get(k)]++;
        }
    }

    private void satisfied(int event) {
        if (--missingCauses[event] == 0) {
            push(event);
        }
    }

    private boolean before(int a, int b) {
        long x = log.nanos.get(a);
        long y = log.nanos.get(b);
        return x != y ? x < y : a < b;
    }

    private void push(int event) {
        int i = ++heapSize;
        while (i > 1 && before(event, heap[i >> 1])) {
            heap[i] = heap[i >> 1];
            i >>= 1;
        }
        heap[i] = event;
    }

    private int pop() {
        int top = heap[1];
        int last = heap[heapSize--];
        int i = 1;
        while (true) {
            int child = i * 2;
            if (child > heapSize) {
                break;
            }
            if (child < heapSize && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], last)) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = last;
        return top;
    }
}
