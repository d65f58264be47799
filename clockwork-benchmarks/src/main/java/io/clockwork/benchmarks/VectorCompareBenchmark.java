package io.clockwork.benchmarks;

import io.clockwork.CausalityRelation;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of one comparison and one merge as timestamps widen. The claims: a comparison over one table of ids is one pass
 * over two arrays and allocates nothing; over different tables it is one merge pass and still at least three times as
 * fast as the best peer; two events of known owners compare in constant time.
 *
 * <p>Beside it: Pekko's cluster clock, and Hazelcast's, which knows only "is after" and equality and is asked just
 * what the case needs: a full answer would cost up to three such questions. The pairs: {@code before} is below {@code after} in
 * every third entry and equal else; equal ones are arrays of their own; concurrent ones are below in the first entry and
 * above in the last.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VectorCompareBenchmark {
    /** Few, so that also the widest stay in the nearest cache; more than one, so that nothing folds. */
    private static final int PAIRS = 4;

    /** How the two sides relate. */
    public enum Case {
        ORDERED(CausalityRelation.HAPPENS_BEFORE),
        EQUAL(CausalityRelation.EQUAL),
        CONCURRENT(CausalityRelation.CONCURRENT);

        final CausalityRelation relation;

        Case(CausalityRelation relation) {
            this.relation = relation;
        }

        long[] right(long[] left) {
            long[] right = left.clone();
            switch (this) {
                case ORDERED -> {
                    for (int i = 0; i < right.length; i += 3) {
                        right[i] += 1 + i;
                    }
                }
                case CONCURRENT -> {
                    right[0]++;
                    right[right.length - 1]--;
                }
                case EQUAL -> {}
            }
            return right;
        }
    }

    @Param({"4", "16", "64", "256"})
    int nodes;

    @Param
    Case relation = Case.ORDERED;

    private final VectorTimestamp[] left = new VectorTimestamp[PAIRS];
    private final VectorTimestamp[] right = new VectorTimestamp[PAIRS];
    private final long[][] arrayLeft = new long[PAIRS][];
    private final long[][] arrayRight = new long[PAIRS][];
    private final VectorTimestamp[] rightOtherTable = new VectorTimestamp[PAIRS];
    private final VectorTimestamp[] rightOtherIds = new VectorTimestamp[PAIRS];
    private final VectorTimestamp[] firstEvents = new VectorTimestamp[PAIRS];
    private final VectorTimestamp[] secondEvents = new VectorTimestamp[PAIRS];
    private final org.apache.pekko.cluster.VectorClock[] pekkoLeft = new org.apache.pekko.cluster.VectorClock[PAIRS];
    private final org.apache.pekko.cluster.VectorClock[] pekkoRight = new org.apache.pekko.cluster.VectorClock[PAIRS];
    private final org.apache.pekko.cluster.VectorClock[] pekkoOtherIds =
            new org.apache.pekko.cluster.VectorClock[PAIRS];
    private final com.hazelcast.cluster.impl.VectorClock[] hazelcastLeft =
            new com.hazelcast.cluster.impl.VectorClock[PAIRS];
    private final com.hazelcast.cluster.impl.VectorClock[] hazelcastRight =
            new com.hazelcast.cluster.impl.VectorClock[PAIRS];
    private final com.hazelcast.cluster.impl.VectorClock[] hazelcastOtherIds =
            new com.hazelcast.cluster.impl.VectorClock[PAIRS];
    private int last;

    private int next() {
        last = (last + 1) & (PAIRS - 1);
        return last;
    }

    @Setup
    public void setup() {
        String[] ids = Peers.ids("orders", nodes);
        // The other side knows one node more, which sorts into the middle and has not done anything.
        String[] more = Arrays.copyOf(ids, nodes + 1);
        more[nodes] = ids[nodes / 2] + 'x';
        for (int p = 0; p < PAIRS; p++) {
            long[] a = new long[nodes];
            for (int i = 0; i < nodes; i++) {
                a[i] = 1000L + i * 7L + p;
            }
            long[] b = relation.right(a);
            arrayLeft[p] = a;
            arrayRight[p] = b;
            long[] bMore = Arrays.copyOf(b, nodes + 1);
            VectorTimestamp table = Peers.clockwork(ids, new long[nodes]);
            left[p] = table.merge(Peers.clockwork(ids, a));
            right[p] = table.merge(Peers.clockwork(ids, b));
            rightOtherTable[p] = Peers.clockwork(ids, b);
            rightOtherIds[p] = Peers.clockwork(more, bMore);
            pekkoLeft[p] = Peers.pekko(ids, a);
            pekkoRight[p] = Peers.pekko(ids, b);
            pekkoOtherIds[p] = Peers.pekko(more, bMore);
            hazelcastLeft[p] = Peers.hazelcast(ids, a);
            hazelcastRight[p] = Peers.hazelcast(ids, b);
            hazelcastOtherIds[p] = Peers.hazelcast(more, bMore);
            // The first event is node 0's. The second is: if ordered, another node's that knew it; if equal, itself;
            // if concurrent, one of the last node that did not know it.
            firstEvents[p] = VectorClock.restore(ids[0], left[p]).tick().timestamp();
            VectorClock second = VectorClock.restore(ids[nodes - 1], left[p]);
            secondEvents[p] = switch (relation) {
                case ORDERED -> second.receive(firstEvents[p]).timestamp();
                case EQUAL -> firstEvents[p];
                case CONCURRENT -> second.tick().timestamp();
            };
        }
        Peers.agree(compareOneTable() == relation.relation, "one table");
        Peers.agree(compareOtherTable() == relation.relation, "another table");
        Peers.agree(compareOtherIds() == relation.relation, "other ids");
        Peers.agree(compareTwoEvents() == relation.relation, "events");
        Peers.agree(compareTwoEventsInFull() == relation.relation, "events, compared as others");
        Peers.agree(relationOf(comparePekko()) == relation.relation, "Pekko");
        Peers.agree(compareHazelcast(), "Hazelcast");
    }

    private static CausalityRelation relationOf(Object pekko) {
        return switch (String.valueOf(pekko)) {
            case "Before" -> CausalityRelation.HAPPENS_BEFORE;
            case "After" -> CausalityRelation.HAPPENS_AFTER;
            case "Same" -> CausalityRelation.EQUAL;
            default -> CausalityRelation.CONCURRENT;
        };
    }

    /** Asks only what the case needs, in Hazelcast's favour. */
    private boolean asExpected(com.hazelcast.cluster.impl.VectorClock a, com.hazelcast.cluster.impl.VectorClock b) {
        return switch (relation) {
            case ORDERED -> b.isAfter(a);
            case EQUAL -> a.equals(b);
            case CONCURRENT -> !b.isAfter(a) && !a.isAfter(b);
        };
    }

    private static com.hazelcast.cluster.impl.VectorClock merged(
            com.hazelcast.cluster.impl.VectorClock a, com.hazelcast.cluster.impl.VectorClock b) {
        com.hazelcast.cluster.impl.VectorClock result = new com.hazelcast.cluster.impl.VectorClock(a);
        result.merge(b);
        return result;
    }

    @Benchmark
    public CausalityRelation compareOneTable() {
        int i = next();
        return left[i].compare(right[i]);
    }

    @Benchmark
    public CausalityRelation compareOtherTable() {
        int i = next();
        return left[i].compare(rightOtherTable[i]);
    }

    @Benchmark
    public CausalityRelation compareOtherIds() {
        int i = next();
        return left[i].compare(rightOtherIds[i]);
    }

    @Benchmark
    public CausalityRelation compareTwoEvents() {
        int i = next();
        return firstEvents[i].compareEvents(secondEvents[i]);
    }

    @Benchmark
    public CausalityRelation compareTwoEventsInFull() {
        int i = next();
        return firstEvents[i].compare(secondEvents[i]);
    }

    @Benchmark
    public Object comparePekko() {
        int i = next();
        return pekkoLeft[i].compareTo(pekkoRight[i]);
    }

    @Benchmark
    public Object comparePekkoOtherIds() {
        int i = next();
        return pekkoLeft[i].compareTo(pekkoOtherIds[i]);
    }

    @Benchmark
    public boolean compareHazelcast() {
        int i = next();
        return asExpected(hazelcastLeft[i], hazelcastRight[i]);
    }

    @Benchmark
    public boolean compareHazelcastOtherIds() {
        int i = next();
        return asExpected(hazelcastLeft[i], hazelcastOtherIds[i]);
    }

    @Benchmark
    public VectorTimestamp mergeOneTable() {
        int i = next();
        return left[i].merge(right[i]);
    }

    @Benchmark
    public VectorTimestamp mergeOtherTable() {
        int i = next();
        return left[i].merge(rightOtherTable[i]);
    }

    @Benchmark
    public VectorTimestamp mergeOtherIds() {
        int i = next();
        return left[i].merge(rightOtherIds[i]);
    }

    @Benchmark
    public Object mergePekko() {
        int i = next();
        return pekkoLeft[i].merge(pekkoRight[i]);
    }

    @Benchmark
    public Object mergePekkoOtherIds() {
        int i = next();
        return pekkoLeft[i].merge(pekkoOtherIds[i]);
    }

    @Benchmark
    public Object mergeHazelcast() {
        int i = next();
        return merged(hazelcastLeft[i], hazelcastRight[i]);
    }

    @Benchmark
    public Object mergeHazelcastOtherIds() {
        int i = next();
        return merged(hazelcastLeft[i], hazelcastOtherIds[i]);
    }

    /** The bare kernel: one pass over two arrays that looks for the first difference and then for an opposite one. */
    @Benchmark
    public int compareArrays() {
        int i = next();
        return kernel(arrayLeft[i], arrayRight[i]);
    }

    private static int kernel(long[] a, long[] b) {
        int first = Arrays.mismatch(a, b);
        if (first < 0) {
            return 0;
        }
        boolean below = a[first] < b[first];
        long[] less = below ? a : b;
        long[] more = below ? b : a;
        for (int i = first + 1; i < less.length; i++) {
            if (less[i] > more[i]) {
                return 2;
            }
        }
        return below ? -1 : 1;
    }

    /** The bare kernel of a merge, with the array that it fills. */
    @Benchmark
    public long[] mergeArrays() {
        int i = next();
        long[] a = arrayLeft[i];
        long[] b = arrayRight[i];
        long[] result = new long[a.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = Math.max(a[k], b[k]);
        }
        return result;
    }

    /** What the benchmark itself costs. */
    @Benchmark
    public VectorTimestamp baseline() {
        return left[next()];
    }
}
