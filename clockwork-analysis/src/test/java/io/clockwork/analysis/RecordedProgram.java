package io.clockwork.analysis;

import io.clockwork.VectorTimestamp;
import io.clockwork.record.Recorder;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.Variable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A random program of up to 12 tasks that fork, join, lock, send, receive and change threads, run on real threads with
 * random delays under a recorder; and beside it what a model saw of the same run.
 *
 * <p>The model is a list of nodes with their predecessors, kept under one monitor, and the closure of that: nothing of
 * the recorder is used for it.
 */
final class RecordedProgram {
    private static final int MAX_TASKS = 12;
    private static final int LOCKS = 3;

    /** What a task does, decided before the run. */
    private sealed interface Step {
        record Mark() implements Step {}

        record Fork(Body child, int way) implements Step {}

        record Join(int child) implements Step {}

        record Locked(int lock, List<Step> steps) implements Step {}

        record Send() implements Step {}

        record Receive() implements Step {}

        record ChangeThread() implements Step {}
    }

    private record Body(List<Step> steps) {}

    /** The model's view of a task. */
    private static final class Actor {
        int last;
        final List<Future<?>> futures = new ArrayList<>();
        final List<Actor> children = new ArrayList<>();
        final List<Task> tasks = new ArrayList<>();

        Actor(int origin) {
            last = origin;
        }
    }

    private record Message(Task task, int sent) {}

    private final Recorder recorder;
    private final Variable marks;
    private final List<TrackedLock> locks = new ArrayList<>();
    private final ExecutorService threads;
    private final ExecutorService pool;
    private final Random random;
    private final Body main;
    private int tasks = 1;

    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final Queue<Future<?>> running = new ConcurrentLinkedQueue<>();
    /** The node of the last release of each lock; guarded by the lock. */
    private final int[] released = new int[LOCKS];

    /* The model, guarded by itself. Node 0 is the start. */
    private final List<BitSet> causality = new ArrayList<>();
    private final List<BitSet> happensBefore = new ArrayList<>();
    private final Map<Thread, Integer> lastOfThread = new HashMap<>();
    private final Map<Thread, Actor> actorOfThread = new HashMap<>();

    /** The timestamps of the marks, by node. */
    final Map<Integer, VectorTimestamp> timestamps = new HashMap<>();

    RecordedProgram(long seed, Recorder recorder, ExecutorService threads) {
        this.recorder = recorder;
        this.threads = threads;
        pool = recorder.wrap(threads);
        marks = recorder.variable("marks");
        for (int i = 0; i < LOCKS; i++) {
            locks.add(recorder.lock("lock"));
        }
        causality.add(new BitSet());
        happensBefore.add(new BitSet());
        random = new Random(seed);
        main = body(0);
    }

    private Body body(int depth) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Mark());
        for (int i = random.nextInt(9); i >= 0; i--) {
            steps.add(step(depth));
        }
        return new Body(steps);
    }

    private Step step(int depth) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                if (tasks == MAX_TASKS || depth == 4) {
                    yield new Step.Mark();
                }
                tasks++;
                yield new Step.Fork(body(depth + 1), random.nextInt(4));
            }
            case 3, 4 -> new Step.Join(random.nextInt(4));
            case 5, 6 -> new Step.Locked(random.nextInt(LOCKS), List.of(new Step.Mark(), new Step.Mark()));
            case 7 -> new Step.Send();
            case 8 -> new Step.Receive();
            case 9 -> new Step.ChangeThread();
            default -> new Step.Mark();
        };
    }

    /** Runs the program to the end of all its tasks; returns what the recorder holds. */
    @SuppressWarnings("try") // the scope is there to be closed
    EventLog run() throws Exception {
        try (var trace = recorder.openTrace("main")) {
            run(main.steps, new Actor(0));
        }
        for (Future<?> future = running.poll(); future != null; future = running.poll()) {
            future.get();
        }
        return EventLog.of(recorder);
    }

    private void run(List<Step> steps, Actor actor) throws Exception {
        for (Step step : steps) {
            delay();
            if (step instanceof Step.Mark) {
                int node = node(actor);
                marks.write(node);
                VectorTimestamp timestamp = recorder.timestamp();
                synchronized (causality) {
                    timestamps.put(node, timestamp);
                }
            } else if (step instanceof Step.Fork fork) {
                fork(fork, actor);
            } else if (step instanceof Step.Join join && !actor.children.isEmpty()) {
                join(join.child % actor.children.size(), actor);
            } else if (step instanceof Step.Locked locked) {
                TrackedLock lock = locks.get(locked.lock);
                lock.lock();
                try {
                    node(actor, -1, released[locked.lock]);
                    run(locked.steps, actor);
                    released[locked.lock] = node(actor);
                } finally {
                    lock.unlock();
                }
            } else if (step instanceof Step.Send) {
                int node = node(actor);
                messages.add(new Message(recorder.fork("message"), node));
            } else if (step instanceof Step.Receive) {
                Message message = messages.poll();
                if (message != null) {
                    recorder.join(message.task);
                    node(actor, message.sent, -1);
                }
            }
        }
    }

    private void fork(Step.Fork fork, Actor actor) throws Exception {
        Actor child = new Actor(node(actor));
        List<Step> steps = fork.child.steps;
        switch (fork.way) {
            case 0 -> {
                Task task = recorder.fork("task");
                started(actor, child, threads.submit(() -> runInTurns(task, steps, child)), task);
            }
            case 1 -> {
                Future<?> future = pool.submit(() -> {
                    run(steps, child);
                    return null;
                });
                started(actor, child, future, null);
            }
            case 2 -> {
                CompletableFuture<Void> end = new CompletableFuture<>();
                running.add(end);
                pool.execute(() -> {
                    try {
                        run(steps, child);
                        end.complete(null);
                    } catch (Exception e) {
                        end.completeExceptionally(e);
                    }
                });
            }
            default -> {
                Task task = recorder.fork("inline");
                task.call(() -> {
                    run(steps, child);
                    return null;
                });
                actor.children.add(child);
                actor.tasks.add(task);
                actor.futures.add(null);
                run(List.of(new Step.Mark()), actor);
            }
        }
    }

    private void started(Actor actor, Actor child, Future<?> future, Task task) {
        actor.children.add(child);
        actor.tasks.add(task);
        actor.futures.add(future);
        running.add(future);
    }

    /** Runs one task on several threads, one after the other. */
    private Void runInTurns(Task task, List<Step> steps, Actor actor) throws Exception {
        int from = 0;
        for (int to = 0; to <= steps.size(); to++) {
            if (to == steps.size() || steps.get(to) instanceof Step.ChangeThread) {
                List<Step> turn = new ArrayList<>(steps.subList(from, to));
                turn.add(0, new Step.Mark());
                threads.submit(() -> task.call(() -> {
                            run(turn, actor);
                            return null;
                        }))
                        .get();
                from = to;
            }
        }
        return null;
    }

    private void join(int index, Actor actor) throws Exception {
        Actor child = actor.children.get(index);
        Task task = actor.tasks.get(index);
        Future<?> future = actor.futures.get(index);
        if (future != null && task == null && index % 2 == 0) {
            while (!future.isDone()) {
                Thread.onSpinWait();
            }
        } else if (future != null) {
            future.get();
        }
        if (task != null) {
            recorder.join(task);
        }
        node(actor, child.last, -1);
    }

    private int node(Actor actor) {
        return node(actor, -1, -1);
    }

    /** Adds a node after the last one of its task, after a cause, and after what only this run put before it. */
    private int node(Actor actor, int cause, int sync) {
        synchronized (causality) {
            int node = causality.size();
            BitSet causes = new BitSet();
            BitSet before = new BitSet();
            learn(causes, causality, actor.last);
            learn(before, happensBefore, actor.last);
            learn(causes, causality, cause);
            learn(before, happensBefore, cause);
            learn(before, happensBefore, sync);
            Thread thread = Thread.currentThread();
            if (actorOfThread.put(thread, actor) != actor) {
                learn(before, happensBefore, lastOfThread.getOrDefault(thread, -1));
            }
            lastOfThread.put(thread, node);
            causality.add(causes);
            happensBefore.add(before);
            actor.last = node;
            return node;
        }
    }

    private static void learn(BitSet past, List<BitSet> all, int node) {
        if (node > 0) {
            past.or(all.get(node));
            past.set(node);
        }
    }

    boolean causes(int a, int b) {
        return causality.get(b).get(a);
    }

    boolean happensBefore(int a, int b) {
        return happensBefore.get(b).get(a);
    }

    private static void delay() {
        int choice = ThreadLocalRandom.current().nextInt(20);
        if (choice == 0) {
            LockSupport.parkNanos(20_000);
        } else if (choice < 4) {
            LockSupport.parkNanos(1);
        }
    }
}
