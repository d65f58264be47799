package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A random run of threads, well-formed or not, and what is true of it by going through all pairs of events. */
final class ThreadProgram {
    /** An event, in the numbers of {@link RaceStream}. */
    record Op(int operation, int thread, int target, int site) {
        boolean isAccess() {
            return operation <= RaceStream.WRITE;
        }
    }

    /** What is true of all races at one pair of places. */
    record Truth(Race.Verdict verdict, long count) {
        Truth plus(Race.Verdict other) {
            return new Truth(other.compareTo(verdict) < 0 ? other : verdict, count + 1);
        }
    }

    final List<Op> ops = new ArrayList<>();
    final List<BitSet> causality;
    final List<BitSet> happensBefore;
    final List<BitSet> schedulable;
    private final List<TreeSet<Integer>> held = new ArrayList<>();

    ThreadProgram(long seed, int length, boolean odd) {
        Random random = new Random(seed);
        int threads = 2 + random.nextInt(5);
        int variables = 1 + random.nextInt(4);
        int locks = 1 + random.nextInt(3);
        int syncWeight = random.nextInt(5);
        if (odd) {
            for (int i = 0; i < length; i++) {
                ops.add(anyOp(random, threads, variables, locks, syncWeight));
            }
        } else {
            wellFormed(random, length, threads, variables, locks, syncWeight);
        }
        causality = order(false, false);
        happensBefore = order(true, false);
        schedulable = order(true, true);
        holdLocks();
    }

    private static Op anyOp(Random random, int threads, int variables, int locks, int syncWeight) {
        int thread = random.nextInt(threads);
        int site = random.nextInt(3);
        int kind = random.nextInt(6 + syncWeight);
        if (kind < 5) {
            int operation = random.nextInt(3) == 0 ? RaceStream.WRITE : RaceStream.READ;
            return new Op(operation, thread, random.nextInt(variables), site);
        }
        if (kind == 5) {
            int operation = random.nextBoolean() ? RaceStream.FORK : RaceStream.JOIN;
            return new Op(operation, thread, random.nextInt(threads), site);
        }
        int operation = random.nextBoolean() ? RaceStream.ACQUIRE : RaceStream.RELEASE;
        return new Op(operation, thread, random.nextInt(locks), site);
    }

    /** Threads fork others, which end and are joined by anybody, more of them than ever run at a time. */
    private void wellFormed(Random random, int length, int width, int variables, int locks, int syncWeight) {
        List<Integer> running = new ArrayList<>(List.of(0));
        List<Integer> ended = new ArrayList<>();
        int[] holder = new int[locks];
        Arrays.fill(holder, -1);
        int next = 1;
        while (ops.size() < length) {
            int thread = running.get(random.nextInt(running.size()));
            Op op = anyOp(random, width, variables, locks, syncWeight);
            int target = op.target();
            switch (op.operation()) {
                case RaceStream.FORK -> {
                    if (running.size() < width) {
                        ops.add(new Op(RaceStream.FORK, thread, next, op.site()));
                        running.add(next++);
                    }
                }
                case RaceStream.JOIN -> {
                    if (ended.isEmpty() || random.nextInt(3) == 0) {
                        if (running.size() > 1 && !holds(holder, thread)) {
                            running.remove((Integer) thread);
                            ended.add(thread);
                        }
                    } else {
                        int child = ended.get(random.nextInt(ended.size()));
                        ops.add(new Op(RaceStream.JOIN, thread, child, op.site()));
                        if (random.nextBoolean()) {
                            ended.remove((Integer) child);
                        }
                    }
                }
                case RaceStream.ACQUIRE -> {
                    if (holder[target] < 0) {
                        holder[target] = thread;
                        ops.add(new Op(RaceStream.ACQUIRE, thread, target, op.site()));
                    }
                }
                case RaceStream.RELEASE -> {
                    if (holder[target] >= 0) {
                        ops.add(new Op(RaceStream.RELEASE, holder[target], target, op.site()));
                        holder[target] = -1;
                    }
                }
                default -> ops.add(new Op(op.operation(), thread, target, op.site()));
            }
        }
    }

    private static boolean holds(int[] holder, int thread) {
        for (int h : holder) {
            if (h == thread) {
                return true;
            }
        }
        return false;
    }

    /** {@return for each event those before it} */
    private List<BitSet> order(boolean sync, boolean readsFrom) {
        List<BitSet> past = new ArrayList<>();
        Map<Integer, BitSet> known = new HashMap<>();
        Map<Integer, BitSet> released = new HashMap<>();
        Map<Integer, BitSet> written = new HashMap<>();
        for (int e = 0; e < ops.size(); e++) {
            Op op = ops.get(e);
            BitSet mine = known.computeIfAbsent(op.thread(), t -> new BitSet());
            switch (op.operation()) {
                case RaceStream.ACQUIRE -> {
                    if (sync) {
                        mine.or(released.getOrDefault(op.target(), new BitSet()));
                    }
                }
                case RaceStream.JOIN -> mine.or(known.computeIfAbsent(op.target(), t -> new BitSet()));
                default -> {
                    // learns nothing
                }
            }
            past.add((BitSet) mine.clone());
            mine.set(e);
            switch (op.operation()) {
                case RaceStream.READ -> {
                    if (readsFrom) {
                        // The race test of a read is done before its own edge is added.
                        mine.or(written.getOrDefault(op.target(), new BitSet()));
                    }
                }
                case RaceStream.WRITE -> written.put(op.target(), (BitSet) mine.clone());
                case RaceStream.RELEASE -> released.put(op.target(), (BitSet) mine.clone());
                case RaceStream.FORK ->
                    known.computeIfAbsent(op.target(), t -> new BitSet()).or(mine);
                default -> {
                    // tells nobody
                }
            }
        }
        return past;
    }

    private void holdLocks() {
        Map<Integer, Integer> holders = new HashMap<>();
        Map<Integer, Integer> depths = new HashMap<>();
        for (Op op : ops) {
            Integer holder = holders.get(op.target());
            boolean own = holder != null && holder == op.thread();
            if (op.operation() == RaceStream.ACQUIRE) {
                holders.put(op.target(), op.thread());
                depths.put(op.target(), own ? depths.getOrDefault(op.target(), 0) + 1 : 1);
            } else if (op.operation() == RaceStream.RELEASE && own) {
                depths.merge(op.target(), -1, Integer::sum);
                if (depths.getOrDefault(op.target(), 0) == 0) {
                    holders.remove(op.target());
                }
            }
            TreeSet<Integer> locks = new TreeSet<>();
            holders.forEach((lock, thread) -> {
                if (thread == op.thread()) {
                    locks.add(lock);
                }
            });
            held.add(locks);
        }
    }

    boolean conflict(int a, int b) {
        Op x = ops.get(a);
        Op y = ops.get(b);
        return x.isAccess()
                && y.isAccess()
                && x.target() == y.target()
                && x.thread() != y.thread()
                && (x.operation() == RaceStream.WRITE || y.operation() == RaceStream.WRITE);
    }

    boolean races(int a, int b) {
        return conflict(a, b) && !happensBefore.get(b).get(a);
    }

    /** {@return for each variable and pair of places what is true of it} */
    Map<String, Truth> truths() {
        Map<String, Truth> truths = new TreeMap<>();
        for (int b = 0; b < ops.size(); b++) {
            for (int a = 0; a < b; a++) {
                if (!conflict(a, b)) {
                    continue;
                }
                Race.Verdict verdict;
                TreeSet<Integer> common = new TreeSet<>(held.get(a));
                common.retainAll(held.get(b));
                if (races(a, b)) {
                    verdict = schedulable.get(b).get(a) ? Race.Verdict.LIKELY : Race.Verdict.CERTAIN;
                } else if (!causality.get(b).get(a) && common.isEmpty()) {
                    verdict = Race.Verdict.POSSIBLE;
                } else {
                    continue;
                }
                truths.merge(places(a, b), new Truth(verdict, 1), (old, one) -> old.plus(verdict));
            }
        }
        return truths;
    }

    String places(int a, int b) {
        String left = place(a);
        String right = place(b);
        return left.compareTo(right) <= 0 ? left + ' ' + right : right + ' ' + left;
    }

    private String place(int e) {
        Op op = ops.get(e);
        return "v" + op.target() + (op.operation() == RaceStream.READ ? "r" : "w") + op.site();
    }
}
