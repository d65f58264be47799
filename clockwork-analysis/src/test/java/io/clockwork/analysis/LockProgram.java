package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A random run of a few tasks that take locks inside each other, and all other runs of it: every order of its events that
 * causality and the locks allow.
 */
final class LockProgram {
    /** Which other runs count. */
    enum Runs {
        /** All that causality and the locks allow. */
        ALL,
        /** Those in which every read sees the write that it saw, and every sync edge but those of locks holds. */
        SAME_READS,
        /** Of these, those that take each lock in the order of the first run, shared holds aside. */
        SYNC_PRESERVING
    }

    /** An event of a task, with the events of other tasks that it follows. */
    record Step(
            int number, int task, EventKind kind, int subject, List<Integer> causes, List<Integer> syncs, int seen) {
        boolean acquires() {
            return kind == EventKind.ACQUIRE || kind == EventKind.ACQUIRE_SHARED;
        }

        /** The hold that an acquire or release is about: negative if shared. */
        int hold() {
            return kind == EventKind.ACQUIRE || kind == EventKind.RELEASE ? subject : -subject;
        }
    }

    /** A point of a run: how far each task is, and the last write of each variable where that matters. */
    record State(List<Integer> counts, List<Integer> lastWrites) {}

    private final Random random;
    private final EventLogBuilder builder = EventLog.builder();
    private final int trace = builder.trace("locks");
    private final int variables = 2;
    private final int locks;
    private final int accesses;
    private final List<List<Integer>> heldBy = new ArrayList<>();
    private final List<Integer> origins = new ArrayList<>();
    private final Map<Integer, Integer> lastWrite = new HashMap<>();
    private final Map<Integer, Integer> lastVolatile = new HashMap<>();
    private final Map<Integer, Integer> joined = new HashMap<>();

    final List<Step> steps = new ArrayList<>();
    final List<List<Step>> tasks = new ArrayList<>();
    final EventLog log;

    LockProgram(long seed, int length) {
        this(seed, length, 1);
    }

    /** A program with so many accesses for each other event. */
    LockProgram(long seed, int length, int accesses) {
        random = new Random(seed);
        this.accesses = accesses;
        locks = 2 + random.nextInt(2);
        int count = 2 + random.nextInt(3);
        addTask(-1);
        while (builder.size() < length) {
            int task = random.nextInt(tasks.size());
            if (tasks.size() < count && random.nextInt(3) > 0) {
                addTask(event(task, EventKind.FORK, 0, -1));
            } else if (!joined.containsKey(task)) {
                if (random.nextInt(3) > 0) {
                    nest(task);
                } else {
                    act(task);
                }
            }
            if (random.nextInt(20 * length) == 0) {
                break; // all may be stuck
            }
        }
        log = builder.build();
    }

    /** Takes two locks or more, one inside the other, and gives some of them back. */
    private void nest(int task) {
        List<Integer> held = heldBy.get(task);
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            acquire(task, held, 1 + random.nextInt(locks), random.nextInt(6) == 0);
        }
        for (int i = random.nextInt(2 * accesses); i > 0; i--) {
            act(task);
        }
        while (!held.isEmpty() && random.nextInt(5) > 0) {
            release(task, held);
        }
    }

    private void release(int task, List<Integer> held) {
        int hold = held.remove(random.nextInt(held.size()));
        event(task, hold > 0 ? EventKind.RELEASE : EventKind.RELEASE_SHARED, Math.abs(hold), -1);
    }

    private void addTask(int origin) {
        int task = builder.task(trace, "s", "task " + tasks.size());
        tasks.add(new ArrayList<>());
        heldBy.add(new ArrayList<>());
        origins.add(origin);
        if (origin >= 0) {
            builder.origin(task, origin, Link.FORK);
        }
    }

    private void act(int task) {
        List<Integer> held = heldBy.get(task);
        switch (random.nextInt(10 + 2 * accesses)) {
            case 0, 1, 2, 3, 4 -> acquire(task, held, 1 + random.nextInt(locks), random.nextInt(4) == 0);
            case 5, 6, 7 -> {
                if (!held.isEmpty()) {
                    release(task, held);
                }
            }
            case 8 -> join(task, random.nextInt(tasks.size()));
            case 9 -> {
                int flag = 100 + random.nextInt(2);
                boolean write = random.nextBoolean();
                int e = event(
                        task,
                        write ? EventKind.ATOMIC_WRITE : EventKind.ATOMIC_READ,
                        flag,
                        lastVolatile.getOrDefault(flag, -1));
                if (write) {
                    lastVolatile.put(flag, e);
                }
            }
            default -> {
                int variable = 200 + random.nextInt(variables);
                boolean write = random.nextBoolean();
                int e = event(
                        task, write ? EventKind.WRITE : EventKind.READ, variable, lastWrite.getOrDefault(variable, -1));
                if (write) {
                    lastWrite.put(variable, e);
                }
            }
        }
    }

    private void acquire(int task, List<Integer> held, int lock, boolean shared) {
        boolean free =
                heldBy.stream().flatMap(List::stream).noneMatch(hold -> hold == lock || (!shared && hold == -lock));
        if (free && !held.contains(lock) && !held.contains(-lock)) {
            event(task, shared ? EventKind.ACQUIRE_SHARED : EventKind.ACQUIRE, lock, -1);
            held.add(shared ? -lock : lock);
        }
    }

    private void join(int task, int other) {
        if (other != task
                && other != 0
                && !joined.containsKey(other)
                && !tasks.get(other).isEmpty()
                && heldBy.get(other).isEmpty()) {
            joined.put(other, task);
            Step last = tasks.get(other).get(tasks.get(other).size() - 1);
            int event = builder.size();
            builder.event(task, EventKind.JOIN, "task");
            builder.causes(last.number, event);
            add(new Step(event, task, EventKind.JOIN, 0, List.of(last.number), List.of(), -1));
        }
    }

    private int event(int task, EventKind kind, int subject, int seen) {
        int event = builder.event(task, kind, "s" + subject);
        builder.site(event, "Site.java:" + random.nextInt(3));
        List<Integer> causes =
                tasks.get(task).isEmpty() && origins.get(task) >= 0 ? List.of(origins.get(task)) : List.of();
        boolean reads = kind == EventKind.READ || kind == EventKind.ATOMIC_READ;
        List<Integer> syncs = kind == EventKind.ATOMIC_READ && seen >= 0 ? List.of(seen) : List.of();
        syncs.forEach(from -> builder.precedes(from, event));
        if (kind == EventKind.ACQUIRE || kind == EventKind.ACQUIRE_SHARED) {
            for (Step step : steps) {
                boolean release = step.kind == EventKind.RELEASE
                        || (step.kind == EventKind.RELEASE_SHARED && kind == EventKind.ACQUIRE);
                if (release && step.subject == subject && step.task != task) {
                    builder.precedes(step.number, event);
                }
            }
        }
        add(new Step(event, task, kind, subject, causes, syncs, reads ? seen : -1));
        return event;
    }

    private void add(Step step) {
        steps.add(step);
        tasks.get(step.task).add(step);
    }

    /** Shows every point that some run comes to. */
    void explore(Runs runs, Consumer<State> visitor) {
        Integer[] none = new Integer[4];
        Arrays.fill(none, -1);
        State start = new State(tasks.stream().map(t -> 0).toList(), List.of(none));
        Set<State> known = new HashSet<>(Set.of(start));
        Deque<State> open = new ArrayDeque<>(known);
        while (!open.isEmpty()) {
            State state = open.pop();
            visitor.accept(state);
            for (int task = 0; task < tasks.size(); task++) {
                if (canStep(state, task, runs)) {
                    State next = step(state, task, runs);
                    if (known.add(next)) {
                        open.push(next);
                    }
                }
            }
        }
    }

    Step next(State state, int task) {
        int count = state.counts.get(task);
        return count == tasks.get(task).size() ? null : tasks.get(task).get(count);
    }

    private boolean executed(State state, int event) {
        Step step = steps.get(event);
        return tasks.get(step.task).indexOf(step) < state.counts.get(step.task);
    }

    private static int variable(Step step) {
        return step.subject >= 200 ? step.subject - 200 : step.subject - 100 + 2;
    }

    /** {@return whether a task has come to its next event: what it follows has happened} */
    boolean isAtNext(State state, int task, Runs runs) {
        Step step = next(state, task);
        return step != null
                && step.causes.stream().allMatch(cause -> executed(state, cause))
                && (runs == Runs.ALL || step.syncs.stream().allMatch(cause -> executed(state, cause)));
    }

    boolean canStep(State state, int task, Runs runs) {
        Step step = next(state, task);
        if (step == null || !isAtNext(state, task, runs)) {
            return false;
        }
        if (step.acquires()) {
            return blockers(state, task).isEmpty() && (runs != Runs.SYNC_PRESERVING || keepsLockOrder(state, step));
        }
        boolean reads = step.kind == EventKind.READ || step.kind == EventKind.ATOMIC_READ;
        return runs == Runs.ALL || !reads || state.lastWrites.get(variable(step)) == step.seen;
    }

    private boolean keepsLockOrder(State state, Step acquire) {
        for (Step other : steps) {
            boolean conflicts = other.acquires()
                    && other.subject == acquire.subject
                    && (other.kind == EventKind.ACQUIRE || acquire.kind == EventKind.ACQUIRE);
            if (conflicts && other.number > acquire.number && executed(state, other.number)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the tasks that keep one from the lock that it asks for next} */
    List<Integer> blockers(State state, int task) {
        Step step = next(state, task);
        List<Integer> blockers = new ArrayList<>();
        for (int other = 0; step != null && step.acquires() && other < tasks.size(); other++) {
            Set<Integer> held = held(state, other);
            boolean blocks =
                    held.contains(step.subject) || (step.kind == EventKind.ACQUIRE && held.contains(-step.subject));
            if (other != task && blocks) {
                blockers.add(other);
            }
        }
        return blockers;
    }

    Set<Integer> held(State state, int task) {
        Set<Integer> held = new LinkedHashSet<>();
        for (Step step : tasks.get(task).subList(0, state.counts.get(task))) {
            if (step.acquires()) {
                held.add(step.hold());
            } else if (step.kind == EventKind.RELEASE || step.kind == EventKind.RELEASE_SHARED) {
                held.remove(step.hold());
            }
        }
        return held;
    }

    private State step(State state, int task, Runs runs) {
        List<Integer> counts = new ArrayList<>(state.counts);
        Step step = tasks.get(task).get(counts.get(task));
        counts.set(task, counts.get(task) + 1);
        List<Integer> writes = state.lastWrites;
        if (runs != Runs.ALL && (step.kind == EventKind.WRITE || step.kind == EventKind.ATOMIC_WRITE)) {
            writes = new ArrayList<>(writes);
            writes.set(variable(step), step.number);
        }
        return new State(List.copyOf(counts), List.copyOf(writes));
    }
}
