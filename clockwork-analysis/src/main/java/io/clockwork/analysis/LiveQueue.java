package io.clockwork.analysis;

import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.MessageId;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the events of stretches of tasks into an order in which each comes after what it follows, earlier times first; holds
 * those back whose causes have not come.
 */
final class LiveQueue {
    /** Takes the events in their order. */
    interface Taker {
        void take(RecordedTask task, RecordedEvent event);

        /** {@return whether the sending of a message was taken} */
        boolean hasSent(MessageId message);
    }

    private final Taker taker;
    private final Map<Integer, Line> lines = new HashMap<>();
    private final PriorityQueue<Line> ready =
            new PriorityQueue<>(Comparator.comparingLong(Line::nanos).thenComparingInt(Line::id));
    private final Set<Line> waiting = new LinkedHashSet<>();
    private final Map<MessageId, List<Line>> awaited = new HashMap<>();
    private int repeated;
    private int rounds;

    /** Who waits for an event of a task. */
    private record Waiter(int sequence, Line line) {}

    /** The events of a task that were not taken yet. */
    private static final class Line {
        final int id;
        /** Where its first event is from; null while nothing came. */
        @Nullable
        RecordedTask task;

        final ArrayDeque<RecordedEvent> events = new ArrayDeque<>();
        final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingInt(Waiter::sequence));
        /** The last event that was taken. */
        int taken;
        /** The last event that came. */
        int last;

        int waitingSince;

        Line(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }

        long nanos() {
            RecordedEvent first = events.peek();
            return first == null ? 0 : first.nanos();
        }
    }

    LiveQueue(Taker taker) {
        this.taker = taker;
    }

    /** {@return how many events are held back} */
    int size() {
        return waiting.stream().mapToInt(line -> line.events.size()).sum();
    }

    /** {@return how many events came that had come before} */
    int repeated() {
        return repeated;
    }

    /** Adds stretches of tasks, those of one task in its order. */
    void add(List<RecordedTask> stretches) {
        for (RecordedTask stretch : stretches) {
            Line line = lines.computeIfAbsent(stretch.id(), Line::new);
            boolean idle = line.events.isEmpty();
            line.task = stretch;
            for (RecordedEvent event : stretch.events()) {
                if (event.dot().sequence() > line.last) {
                    line.last = event.dot().sequence();
                    line.events.add(event);
                } else {
                    repeated++;
                }
            }
            if (idle && !line.events.isEmpty()) {
                settle(line);
            }
        }
        drain();
    }

    /** Lets events go on whose causes did not come between the last two calls: they were lost. */
    void flush() {
        force(rounds++);
    }

    /** Lets all events go on. */
    void close() {
        while (!waiting.isEmpty()) {
            force(rounds++ + 1);
        }
    }

    private void force(int before) {
        for (Line line : List.copyOf(waiting)) {
            if (line.waitingSince < before) {
                waiting.remove(line);
                ready.add(line);
            }
        }
        drain();
    }

    private void drain() {
        for (Line line = ready.poll(); line != null; line = ready.poll()) {
            RecordedEvent event = line.events.remove();
            line.taken = event.dot().sequence();
            taker.take(Objects.requireNonNull(line.task), event);
            for (Waiter next = line.waiters.peek();
                    next != null && next.sequence <= line.taken;
                    next = line.waiters.peek()) {
                line.waiters.remove();
                wake(next.line);
            }
            MessageId message = event.message();
            if (message != null) {
                List<Line> receivers = awaited.remove(message);
                if (receivers != null) {
                    receivers.forEach(this::wake);
                }
            }
            if (!line.events.isEmpty()) {
                settle(line);
            }
        }
    }

    private void wake(Line line) {
        if (waiting.remove(line)) {
            settle(line);
        }
    }

    /** Makes a task's first event the next, or lets it wait for what it follows. */
    private void settle(Line line) {
        RecordedEvent event = line.events.element();
        Dot origin = line.taken == 0 && line.task != null ? line.task.origin() : null;
        Dot cause = isMissing(origin, line) || event.kind() == EventKind.FORK ? origin : event.cause();
        MessageId message = receives(event) ? event.message() : null;
        line.waitingSince = rounds;
        if (cause != null && isMissing(cause, line)) {
            line(cause).waiters.add(new Waiter(cause.sequence(), line));
            waiting.add(line);
        } else if (message != null && !taker.hasSent(message)) {
            awaited.computeIfAbsent(message, m -> new ArrayList<>()).add(line);
            waiting.add(line);
        } else {
            ready.add(line);
        }
    }

    private static boolean receives(RecordedEvent event) {
        return event.kind() == EventKind.RECEIVE || event.kind() == EventKind.RESPONSE;
    }

    private boolean isMissing(@Nullable Dot cause, Line effect) {
        return cause != null
                && cause.task() != effect.id
                && cause.sequence() > 0
                && line(cause).taken < cause.sequence();
    }

    private Line line(Dot dot) {
        return lines.computeIfAbsent(dot.task(), Line::new);
    }
}
