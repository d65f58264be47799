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
    /** How many holds of a lock there are: -1 for an exclusive one. */
    private final Map<Integer, Integer> holdsOf = new HashMap<>();

    private final Map<Integer, Integer> lastRelease = new HashMap<>();
    /** The releases by those who shared a lock since it was last held exclusively. */
    private final Map<Integer, List<Integer>> sharedReleases = new HashMap<>();

    private final Map<Integer, Integer> pendingOrigin = new HashMap<>();
    private final Map<Integer, Integer> lastWriteOf = new HashMap<>();

    /** Predecessors of each event. */
    private final List<List<Integer>> causal = new ArrayList<>();

    private final List<List<Integer>> sync = new ArrayList<>();
    /** The write that a read saw, or -1. */
    private final List<Integer> seenWrite = new ArrayList<>();

    final List<Step> steps = new ArrayList<>();
    final EventLog log;

    /** What the oracle needs to know of an event; a hold is the number of a lock, negative if it is shared. */
    record Step(int task, EventKind kind, int subject, int site, List<Integer> holds) {
        boolean excludes(Step other) {
            return holds.stream().anyMatch(hold -> other.holds.contains(-hold))
                    || holds.stream().anyMatch(hold -> hold > 0 && other.holds.contains(hold));
        }

        boolean isAtomic() {
            return kind == EventKind.ATOMIC_READ || kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE;
        }

        boolean writes() {
            return kind == EventKind.WRITE || kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE;
        }
    }

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
        int lock = 1 + random.nextInt(3);
        int holds = holdsOf.getOrDefault(lock, 0);
        boolean shared = random.nextInt(3) == 0;
        if (holds < 0 || (!shared && holds > 0) || held.contains(-lock)) {
            return;
        }
        int event = event(task, shared ? EventKind.ACQUIRE_SHARED : EventKind.ACQUIRE, "lock " + lock, -1);
        List<Integer> followed = new ArrayList<>();
        if (lastRelease.containsKey(lock)) {
            followed.add(lastRelease.get(lock));
        }
        if (!shared) {
            followed.addAll(sharedReleases.getOrDefault(lock, List.of()));
            sharedReleases.remove(lock);
        }
        for (int release : followed) {
            builder.precedes(release, event);
            sync.get(event).add(release);
        }
        held.add(shared ? -lock : lock);
        holdsOf.put(lock, shared ? holds + 1 : -1);
    }

    private void release(int task, List<Integer> held) {
        if (!held.isEmpty()) {
            int hold = held.remove(random.nextInt(held.size()));
            int lock = Math.abs(hold);
            if (hold < 0) {
                holdsOf.merge(lock, -1, Integer::sum);
                sharedReleases
                        .computeIfAbsent(lock, l -> new ArrayList<>())
                        .add(event(task, EventKind.RELEASE_SHARED, "lock " + lock, -1));
            } else {
                holdsOf.remove(lock);
                lastRelease.put(lock, event(task, EventKind.RELEASE, "lock " + lock, -1));
            }
        }
    }

    private void access(int task, List<Integer> held) {
        int variable = random.nextInt(3);
        EventKind kind = switch (random.nextInt(8)) {
            case 0, 1 -> EventKind.WRITE;
            case 2 -> EventKind.ATOMIC_READ;
            case 3 -> EventKind.ATOMIC_WRITE;
            case 4 -> EventKind.ATOMIC_UPDATE;
            default -> EventKind.READ;
        };
        int site = random.nextInt(4);
        int event = event(task, kind, "x" + variable, site);
        builder.site(event, "Site.java:" + site);
        Step step = new Step(task, kind, variable, site, List.copyOf(held));
        steps.set(event, step);
        if (kind != EventKind.WRITE && kind != EventKind.ATOMIC_WRITE) {
            seenWrite.set(event, lastWriteOf.getOrDefault(variable, -1));
        }
        if (step.writes()) {
            lastWriteOf.put(variable, event);
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
