package io.clockwork.analysis;

import io.clockwork.record.Recorder;
import io.clockwork.record.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;

/**
 * Tasks on threads of their own, one after the other, so that the run is the same each time; one thread that ran several
 * would order them.
 */
public final class TaskThreads {
    private TaskThreads() {}

    /** Forks a task for each piece of work, and only then runs them; returns the tasks, which nobody has joined. */
    public static List<Task> forkAll(Recorder recorder, Runnable... work) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < work.length; i++) {
            tasks.add(recorder.fork("task " + i));
        }
        for (int i = 0; i < work.length; i++) {
            run(tasks.get(i), work[i]);
        }
        return tasks;
    }

    /** Runs a task to its end on a thread that has the name that Java gives it. */
    public static void run(Task task, Runnable work) {
        FutureTask<Void> running = new FutureTask<>(() -> task.run(work), null);
        end(new Thread(running), running);
    }

    public static void run(String thread, Task task, Runnable work) {
        FutureTask<Void> running = new FutureTask<>(() -> task.run(work), null);
        end(new Thread(running, thread), running);
    }

    private static void end(Thread thread, FutureTask<Void> running) {
        thread.start();
        try {
            running.get();
            thread.join();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return work that is done while the lock is held} */
    public static Runnable locked(Lock lock, Runnable work) {
        return () -> {
            lock.lock();
            try {
                work.run();
            } finally {
                lock.unlock();
            }
        };
    }
}
