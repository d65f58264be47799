package io.clockwork.benchmarks;

import io.clockwork.AtomicVectorClock;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of the live clock of a node as its system widens. The claims: sending and looking cost the same at any width,
 * sending allocates at most 40 bytes and looking none; a message without news costs a comparison and 32 bytes; two
 * threads on one clock are no slower than Pekko's clock in an {@code AtomicReference}, and two threads on a clock each
 * do not slow one another down.
 *
 * <p>Beside it: Pekko's cluster clock in an {@code AtomicReference}, and a port of the clock over a {@code HashMap}.
 * Messages are of the same nodes as the clock. {@code receiveNews} starts from a new holder each time, or only the
 * first messages would be news.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LiveClockBenchmark {
    private static final int MESSAGES = 8;

    /** What the clocks of all three kinds hold at the start, and the messages that they get. */
    private static final class Scenario {
        final String[] ids;
        final String self;
        final long[] start;
        final long[][] old = new long[MESSAGES][];
        final long[][] news = new long[MESSAGES][];

        Scenario(int nodes) {
            ids = Peers.ids("orders", nodes);
            self = ids[nodes / 2];
            start = new long[nodes];
            for (int i = 0; i < nodes; i++) {
                start[i] = 1000L + i;
            }
            for (int m = 0; m < MESSAGES; m++) {
                int sender = (nodes / 2 + 1 + m % (nodes - 1)) % nodes;
                old[m] = start.clone();
                for (int i = 0; i < nodes; i++) {
                    old[m][i] -= 1 + (i + m) % 7;
                }
                news[m] = old[m].clone();
                news[m][sender] = start[sender] + 1 + m;
            }
        }

        void check(ToLongFunction<String> afterOld, ToLongFunction<String> afterNews) {
            for (int i = 0; i < ids.length; i++) {
                long tick = ids[i].equals(self) ? 1 : 0;
                Peers.agree(afterOld.applyAsLong(ids[i]) == start[i] + tick, "a message without news");
                long news = Math.max(start[i], this.news[0][i]) + tick;
                Peers.agree(afterNews.applyAsLong(ids[i]) == news, "a message with news");
            }
        }
    }

    /** Ours. The messages share the clock's table of ids, as those of a decoder that knows its peer do. */
    @State(Scope.Benchmark)
    public static class Clockwork {
        @Param({"4", "16", "64", "1024"})
        int nodes;

        final VectorTimestamp[] old = new VectorTimestamp[MESSAGES];
        final VectorTimestamp[] news = new VectorTimestamp[MESSAGES];
        VectorClock start;
        AtomicVectorClock live;
        int next;

        @Setup
        public void setup() {
            Scenario s = new Scenario(nodes);
            VectorTimestamp table = Peers.clockwork(s.ids, new long[nodes]);
            start = VectorClock.restore(s.self, table.merge(Peers.clockwork(s.ids, s.start)));
            live = new AtomicVectorClock(start);
            for (int m = 0; m < MESSAGES; m++) {
                old[m] = table.merge(Peers.clockwork(s.ids, s.old[m]));
                news[m] = table.merge(Peers.clockwork(s.ids, s.news[m]));
            }
            s.check(
                    start.receive(old[0]).timestamp()::get,
                    start.receive(news[0]).timestamp()::get);
        }
    }

    /** Pekko's. */
    @State(Scope.Benchmark)
    public static class Pekko {
        @Param({"4", "16", "64", "1024"})
        int nodes;

        final org.apache.pekko.cluster.VectorClock[] old = new org.apache.pekko.cluster.VectorClock[MESSAGES];
        final org.apache.pekko.cluster.VectorClock[] news = new org.apache.pekko.cluster.VectorClock[MESSAGES];
        String self = "";
        org.apache.pekko.cluster.VectorClock start = Peers.pekko(new String[0], new long[0]);
        final AtomicReference<org.apache.pekko.cluster.VectorClock> live = new AtomicReference<>(start);
        int next;

        @Setup
        public void setup() {
            Scenario s = new Scenario(nodes);
            self = s.self;
            start = Peers.pekko(s.ids, s.start);
            live.set(start);
            for (int m = 0; m < MESSAGES; m++) {
                old[m] = Peers.pekko(s.ids, s.old[m]);
                news[m] = Peers.pekko(s.ids, s.news[m]);
            }
            s.check(reader(receive(start, old[0])), reader(receive(start, news[0])));
        }

        private static ToLongFunction<String> reader(org.apache.pekko.cluster.VectorClock clock) {
            return id -> (Long) clock.versions().apply(id);
        }

        org.apache.pekko.cluster.VectorClock receive(
                org.apache.pekko.cluster.VectorClock now, org.apache.pekko.cluster.VectorClock message) {
            return now.merge(message).$colon$plus(self);
        }
    }

    /** The port over a {@code HashMap}. */
    @State(Scope.Benchmark)
    public static class Plain {
        @Param({"4", "16", "64", "1024"})
        int nodes;

        final HashMapClock[] old = new HashMapClock[MESSAGES];
        final HashMapClock[] news = new HashMapClock[MESSAGES];
        HashMapClock start = new HashMapClock("", Map.of());
        final AtomicReference<HashMapClock> live = new AtomicReference<>(start);
        int next;

        @Setup
        public void setup() {
            Scenario s = new Scenario(nodes);
            start = Peers.hashMap(s.self, s.ids, s.start);
            live.set(start);
            for (int m = 0; m < MESSAGES; m++) {
                old[m] = Peers.hashMap(s.self, s.ids, s.old[m]);
                news[m] = Peers.hashMap(s.self, s.ids, s.news[m]);
            }
            s.check(start.receive(old[0])::get, start.receive(news[0])::get);
        }
    }

    /** A clock for each thread, as each task has its own component. */
    @State(Scope.Thread)
    public static class OwnClock {
        @Param({"16"})
        int nodes;

        AtomicVectorClock live = AtomicVectorClock.of("a");

        @Setup
        public void setup() {
            live = new AtomicVectorClock(VectorClock.of("self", List.of(Peers.ids("orders", nodes - 1))));
        }
    }

    @Benchmark
    public VectorTimestamp sendClockwork(Clockwork s) {
        return s.live.send();
    }

    @Benchmark
    public Object sendPekko(Pekko s) {
        return s.live.updateAndGet(now -> now.$colon$plus(s.self));
    }

    @Benchmark
    public Object sendPlain(Plain s) {
        return s.live.updateAndGet(HashMapClock::tick);
    }

    @Benchmark
    public VectorTimestamp snapshotClockwork(Clockwork s) {
        return s.live.timestamp();
    }

    @Benchmark
    public VectorClock tickClockwork(Clockwork s) {
        return s.start.tick();
    }

    @Benchmark
    public Object tickPekko(Pekko s) {
        return s.start.$colon$plus(s.self);
    }

    @Benchmark
    public Object tickPlain(Plain s) {
        return s.start.tick();
    }

    @Benchmark
    public VectorTimestamp receiveOldClockwork(Clockwork s) {
        s.next = (s.next + 1) % MESSAGES;
        return s.live.receive(s.old[s.next]);
    }

    @Benchmark
    public Object receiveOldPekko(Pekko s) {
        s.next = (s.next + 1) % MESSAGES;
        return s.live.updateAndGet(now -> s.receive(now, s.old[s.next]));
    }

    @Benchmark
    public Object receiveOldPlain(Plain s) {
        s.next = (s.next + 1) % MESSAGES;
        return s.live.updateAndGet(now -> now.receive(s.old[s.next]));
    }

    @Benchmark
    public VectorTimestamp receiveNewsClockwork(Clockwork s) {
        s.next = (s.next + 1) % MESSAGES;
        return new AtomicVectorClock(s.start).receive(s.news[s.next]);
    }

    @Benchmark
    public Object receiveNewsPekko(Pekko s) {
        s.next = (s.next + 1) % MESSAGES;
        return new AtomicReference<>(s.start).updateAndGet(now -> s.receive(now, s.news[s.next]));
    }

    @Benchmark
    public Object receiveNewsPlain(Plain s) {
        s.next = (s.next + 1) % MESSAGES;
        return new AtomicReference<>(s.start).updateAndGet(now -> now.receive(s.news[s.next]));
    }

    @Benchmark
    @Threads(2)
    public VectorTimestamp twoThreadsOneClockClockwork(Clockwork s) {
        return s.live.send();
    }

    @Benchmark
    @Threads(2)
    public Object twoThreadsOneClockPekko(Pekko s) {
        return s.live.updateAndGet(now -> now.$colon$plus(s.self));
    }

    @Benchmark
    @Threads(1)
    public VectorTimestamp oneThreadOwnClockClockwork(OwnClock s) {
        return s.live.send();
    }

    @Benchmark
    @Threads(2)
    public VectorTimestamp twoThreadsOwnClocksClockwork(OwnClock s) {
        return s.live.send();
    }
}
