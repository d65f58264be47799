package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random run of a program with forks, joins, locks and accesses, and its order worked out by brute force: the boolean
 * closure of the edges.
 */
final class RandomProgram {
    private static final int MAX_TASKS = 7;

    private final Random random;
    private final EventLogBuilder builder = EventLog.builder();
    private final int trace = builder.trace("random");

    private final List<Integer> running = new ArrayList<>();
    private final List<Integer> joinable = new ArrayList<>();
    private final Map<Integer, Integer> lastOf = new HashMap<>();
    private final Map<Integer, List<Integer>> heldBy = new HashMap<>();
    private final Map<Integer, Integer> holderOf = new HashMap<>();
    private final Map<Integer, Integer> lastRelease = new HashMap<>();
    private final Map<Integer, Integer> pendingOrigin = new HashMap<>();
    private final Map<Integer, Integer> lastWriteOf = new HashMap<>();

    /** Predecessors of each event. */
    private final List<List<Integer>> causal = new ArrayList<>();

    private final List<List<Integer>> sync = new ArrayList<>();
    /** The write that a read saw, or -1. */
    private final List<Integer> seenWrite = new ArrayList<>();

    final List<Step> steps = new ArrayList<>();
    final EventLog log;

    /** What the oracle needs to know of an event. */
    record Step(int task, EventKind kind, int subject, int site, List<Integer> locks) {}

    RandomProgram(long seed, int length) {
        random = new Random(seed);
        running.add(builder.task(trace, "service", "main"));
        for (int i = 0; i < length; i++) {
            step();
        }
        log = builder.build();
    }

    private void step() {
        int task = running.get(random.nextInt(running.size()));
        List<Integer> held = heldBy.computeIfAbsent(task, t -> new ArrayList<>());
        switch (random.nextInt(10)) {
            case 0 -> fork(task);
            case 1 -> join(task);
            case 2, 3 -> acquire(task, held);
            case 4 -> release(task, held);
            default -> access(task, held);
        }
    }

    private void fork(int task) {
        if (lastOf.size() >= 40 || running.size() >= MAX_TASKS) {
            return;
        }
        int event = event(task, EventKind.FORK, "child", -1);
        int child = builder.task(trace, "service", "task");
        builder.origin(child, event, Link.FORK);
        pendingOrigin.put(child, event);
        running.add(child);
    }

    private void join(int task) {
        int child = running.get(random.nextInt(running.size()));
        boolean ended = child != task
                && child != 0
                && lastOf.containsKey(child)
                && heldBy.getOrDefault(child, List.of()).isEmpty();
        if (ended && random.nextBoolean()) {
            running.remove((Integer) child);
            joinable.add(child);
        }
        if (!joinable.isEmpty()) {
            int joined = joinable.get(random.nextInt(joinable.size()));
            int event = event(task, EventKind.JOIN, "child", -1);
            builder.causes(lastOf.get(joined), event);
            causal.get(event).add(lastOf.get(joined));
        }
    }

    private void acquire(int task, List<Integer> held) {
        int lock = random.nextInt(3);
        if (holderOf.containsKey(lock)) {
            return;
        }
        int event = event(task, EventKind.ACQUIRE, "lock " + lock, -1);
        Integer release = lastRelease.get(lock);
        if (release != null) {
            builder.precedes(release, event);
            sync.get(event).add(release);
        }
        held.add(lock);
        holderOf.put(lock, task);
    }

    private void release(int task, List<Integer> held) {
        if (!held.isEmpty()) {
            Integer lock = held.remove(random.nextInt(held.size()));
            holderOf.remove(lock);
            lastRelease.put(lock, event(task, EventKind.RELEASE, "lock " + lock, -1));
        }
    }

    private void access(int task, List<Integer> held) {
        int variable = random.nextInt(3);
        boolean write = random.nextInt(3) == 0;
        int site = random.nextInt(4);
        int event = event(task, write ? EventKind.WRITE : EventKind.READ, "x" + variable, site);
        builder.site(event, "Site.java:" + site);
        steps.set(event, new Step(task, write ? EventKind.WRITE : EventKind.READ, variable, site, List.copyOf(held)));
        if (write) {
            lastWriteOf.put(variable, event);
        } else {
            seenWrite.set(event, lastWriteOf.getOrDefault(variable, -1));
        }
    }

    private int event(int task, EventKind kind, String subject, int site) {
        int event = builder.event(task, kind, subject);
        causal.add(new ArrayList<>());
        sync.add(new ArrayList<>());
        seenWrite.add(-1);
        steps.add(new Step(task, kind, -1, site, List.of()));
        Integer before = lastOf.put(task, event);
        if (before != null) {
            causal.get(event).add(before);
        }
        Integer origin = pendingOrigin.remove(task);
        if (origin != null) {
            causal.get(event).add(origin);
        }
        return event;
    }

    /** {@return for each event the set of all events before it under causality} */
    List<BitSet> causality() {
        return closure(false, false);
    }

    /** {@return for each event the set of all events before it under happens-before} */
    List<BitSet> happensBefore() {
        return closure(true, false);
    }

    /** {@return for each event the set of all that schedulable happens-before has before it, but for the write it sees} */
    List<BitSet> schedulable() {
        return closure(true, true);
    }

    private List<BitSet> closure(boolean withSync, boolean withSeen) {
        List<BitSet> before = new ArrayList<>();
        List<BitSet> beforeAndSeen = new ArrayList<>();
        for (int e = 0; e < steps.size(); e++) {
            BitSet past = new BitSet();
            for (int cause : causal.get(e)) {
                past.or(beforeAndSeen.get(cause));
                past.set(cause);
            }
            for (int cause : withSync ? sync.get(e) : List.<Integer>of()) {
                past.or(beforeAndSeen.get(cause));
                past.set(cause);
            }
            before.add(past);
            BitSet withWrite = (BitSet) past.clone();
            if (withSeen && seenWrite.get(e) >= 0) {
                withWrite.or(beforeAndSeen.get(seenWrite.get(e)));
                withWrite.set(seenWrite.get(e));
            }
            beforeAndSeen.add(withWrite);
        }
        return before;
    }
}
