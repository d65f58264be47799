package io.clockwork.analysis;

import io.clockwork.VectorTimestamp;
import io.clockwork.record.Crossing;
import io.clockwork.record.Recorder;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.Variable;
import io.clockwork.testing.PlainCodec;
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
import java.util.function.Function;

/**
 * A random program of up to 12 tasks in three services that fork, join, lock, call, send, receive and change threads, run
 * on real threads with random delays under a recorder for each service; and beside it what a model saw of the same run.
 *
 * <p>The model is a list of nodes with their predecessors, kept under one monitor, and the closure of that: nothing of
 * the recorders is used for it.
 */
final class RecordedProgram {
    private static final int MAX_TASKS = 12;
    private static final int LOCKS = 3;
    private static final int SERVICES = 3;

    /** What a task does, decided before the run. */
    private sealed interface Step {
        record Mark() implements Step {}

        record Fork(Body child, int way) implements Step {}

        record Join(int child) implements Step {}

        record Locked(int lock, List<Step> steps) implements Step {}

        record HandOver() implements Step {}

        record TakeOver() implements Step {}

        record Send() implements Step {}

        record Receive() implements Step {}

        record Call(int service, Body callee, boolean waits) implements Step {}

        record ChangeThread() implements Step {}
    }

    private record Body(List<Step> steps) {}

    /** The model's view of a task. */
    private static final class Actor {
        final Service service;
        int last;
        final List<Future<?>> futures = new ArrayList<>();
        final List<Actor> children = new ArrayList<>();
        final List<Task> tasks = new ArrayList<>();

        Actor(Service service, int origin) {
            this.service = service;
            last = origin;
        }
    }

    private final class Service {
        final Recorder recorder;
        final Crossing<String> crossing;
        final Variable marks;
        final ExecutorService pool;
        final List<TrackedLock> locks = new ArrayList<>();
        /** The node of the last release of each lock; guarded by the lock. */
        final int[] released = new int[LOCKS];

        final Queue<HandedOver> handedOver = new ConcurrentLinkedQueue<>();

        /* Of the model, and guarded by it. */
        final Map<Thread, Integer> lastOfThread = new HashMap<>();
        final Map<Thread, Actor> actorOfThread = new HashMap<>();

        Service(Recorder recorder) {
            this.recorder = recorder;
            crossing = recorder.crossing(new PlainCodec());
            pool = recorder.wrap(threads);
            marks = recorder.variable("marks");
            for (int i = 0; i < LOCKS; i++) {
                locks.add(recorder.lock("lock"));
            }
        }
    }

    private record HandedOver(Task task, int sent) {}

    private record Message(Map<String, String> headers, int sent) {}

    private final List<Service> services = new ArrayList<>();
    private final ExecutorService threads;
    private final Random random;
    private final Body main;
    private int tasks = 1;

    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final Queue<Future<?>> running = new ConcurrentLinkedQueue<>();
    /* The model, guarded by itself. Node 0 is the start. */
    private final List<BitSet> causality = new ArrayList<>();
    private final List<BitSet> happensBefore = new ArrayList<>();

    /** The timestamps of the marks, by node. */
    final Map<Integer, VectorTimestamp> timestamps = new HashMap<>();

    RecordedProgram(long seed, Function<String, Recorder> recorders, ExecutorService threads) {
        this.threads = threads;
        for (int i = 0; i < SERVICES; i++) {
            services.add(new Service(recorders.apply("service" + i)));
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
        return switch (random.nextInt(17)) {
            case 0, 1, 2 -> {
                if (tasks == MAX_TASKS || depth == 4) {
                    yield new Step.Mark();
                }
                tasks++;
                yield new Step.Fork(body(depth + 1), random.nextInt(4));
            }
            case 3, 4 -> new Step.Join(random.nextInt(4));
            case 5, 6 -> new Step.Locked(random.nextInt(LOCKS), List.of(new Step.Mark(), new Step.Mark()));
            case 7 -> new Step.HandOver();
            case 8 -> new Step.TakeOver();
            case 9 -> new Step.ChangeThread();
            case 10, 11 -> new Step.Send();
            case 12, 13 -> new Step.Receive();
            case 14, 15 -> {
                if (tasks == MAX_TASKS || depth == 4) {
                    yield new Step.Send();
                }
                tasks++;
                yield new Step.Call(random.nextInt(SERVICES), body(depth + 1), random.nextInt(3) > 0);
            }
            default -> new Step.Mark();
        };
    }

    /** Runs the program to the end of all its tasks; returns what the recorder holds. */
    @SuppressWarnings("try") // the scope is there to be closed
    EventLog run() throws Exception {
        Service first = services.get(0);
        try (var trace = first.recorder.openTrace("main")) {
            run(main.steps, new Actor(first, 0));
        }
        for (Future<?> future = running.poll(); future != null; future = running.poll()) {
            future.get();
        }
        return EventLog.of(
                services.stream().map(service -> service.recorder.recording()).toList());
    }

    private void run(List<Step> steps, Actor actor) throws Exception {
        Service service = actor.service;
        Recorder recorder = service.recorder;
        for (Step step : steps) {
            delay();
            if (step instanceof Step.Mark) {
                int node = node(actor);
                service.marks.write(node);
                VectorTimestamp timestamp = recorder.timestamp();
                synchronized (causality) {
                    timestamps.put(node, timestamp);
                }
            } else if (step instanceof Step.Fork fork) {
                fork(fork, actor);
            } else if (step instanceof Step.Join join && !actor.children.isEmpty()) {
                join(join.child % actor.children.size(), actor);
            } else if (step instanceof Step.Locked locked) {
                TrackedLock lock = service.locks.get(locked.lock);
                lock.lock();
                try {
                    node(actor, -1, service.released[locked.lock]);
                    run(locked.steps, actor);
                    service.released[locked.lock] = node(actor);
                } finally {
                    lock.unlock();
                }
            } else if (step instanceof Step.HandOver) {
                int node = node(actor);
                service.handedOver.add(new HandedOver(recorder.fork("message"), node));
            } else if (step instanceof Step.TakeOver) {
                HandedOver message = service.handedOver.poll();
                if (message != null) {
                    recorder.join(message.task);
                    node(actor, message.sent, -1);
                }
            } else if (step instanceof Step.Send) {
                Map<String, String> headers = new HashMap<>();
                service.crossing.send("messages", headers, Map::put);
                messages.add(new Message(headers, node(actor)));
            } else if (step instanceof Step.Receive) {
                Message message = messages.poll();
                if (message != null) {
                    service.crossing.receive("messages", message.headers, Map::get);
                    node(actor, message.sent, -1);
                }
            } else if (step instanceof Step.Call call) {
                call(call, actor);
            }
        }
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private void call(Step.Call call, Actor caller) throws Exception {
        Map<String, String> request = new HashMap<>();
        caller.service.crossing.request("call", request, Map::put);
        Service service = services.get(call.service);
        Actor callee = new Actor(service, node(caller));
        Future<Message> answer = threads.submit(() -> {
            try (var task = service.crossing.open("call", request, Map::get)) {
                run(call.callee.steps, callee);
                Map<String, String> headers = new HashMap<>();
                service.crossing.send("answer", headers, Map::put);
                return new Message(headers, node(callee));
            }
        });
        running.add(answer);
        if (call.waits) {
            caller.service.crossing.response("call", answer.get().headers, Map::get);
            node(caller, answer.get().sent, -1);
        }
    }

    private void fork(Step.Fork fork, Actor actor) throws Exception {
        Actor child = new Actor(actor.service, node(actor));
        Recorder recorder = actor.service.recorder;
        List<Step> steps = fork.child.steps;
        switch (fork.way) {
            case 0 -> {
                Task task = recorder.fork("task");
                started(actor, child, threads.submit(() -> runInTurns(task, steps, child)), task);
            }
            case 1 -> {
                Future<?> future = actor.service.pool.submit(() -> {
                    run(steps, child);
                    return null;
                });
                started(actor, child, future, null);
            }
            case 2 -> {
                CompletableFuture<Void> end = new CompletableFuture<>();
                running.add(end);
                actor.service.pool.execute(() -> {
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
            actor.service.recorder.join(task);
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
            if (actor.service.actorOfThread.put(thread, actor) != actor) {
                learn(before, happensBefore, actor.service.lastOfThread.getOrDefault(thread, -1));
            }
            actor.service.lastOfThread.put(thread, node);
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
