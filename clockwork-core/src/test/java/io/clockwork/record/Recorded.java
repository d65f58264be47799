package io.clockwork.record;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What tests of recorded objects share: threads of their own, and a look at what was recorded. */
final class Recorded {
    private Recorded() {}

    /** {@return the kinds of the events of the task of this name, but for those that name threads} */
    static List<EventKind> kinds(Recorder recorder, String task) {
        return events(recorder, task).stream().map(RecordedEvent::kind).toList();
    }

    static List<RecordedEvent> events(Recorder recorder, String task) {
        return all(recorder, task).toList();
    }

    /** {@return the only event of this kind in the task of this name} */
    static RecordedEvent event(Recorder recorder, String task, EventKind kind) {
        List<RecordedEvent> found =
                all(recorder, task).filter(event -> event.kind() == kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(task + " has not one " + kind + " but " + found);
        }
        return found.get(0);
    }

    private static Stream<RecordedEvent> all(Recorder recorder, String task) {
        return recorder.recording().tasks().stream()
                .filter(recorded -> recorded.name().equals(task))
                .flatMap(recorded -> recorded.events().stream())
                .filter(event -> event.kind() != EventKind.RESUME);
    }

    /** Runs {@code work} to its end as a task of its own on a thread of its own. */
    static <T> T in(Recorder recorder, String task, Callable<T> work) throws Exception {
        return end(start(recorder, task, work));
    }

    static <T> Running<T> start(Recorder recorder, String task, Callable<T> work) {
        Task forked = recorder.newRoot(task, false);
        FutureTask<T> future = new FutureTask<>(() -> forked.call(work::call));
        Thread thread = new Thread(future, "thread of " + task);
        thread.start();
        return new Running<>(thread, future);
    }

    record Running<T>(Thread thread, FutureTask<T> future) {}

    static <T> T end(Running<T> running) throws Exception {
        try {
            return running.future.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError(running.thread + " is in " + List.of(running.thread.getStackTrace()), e);
        }
    }

    /** Waits until the task of this name has recorded an event of this kind. */
    static void await(Recorder recorder, String task, EventKind kind) {
        while (!kinds(recorder, task).contains(kind)) {
            Thread.onSpinWait();
        }
    }
}
