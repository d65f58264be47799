package io.clockwork.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what it gets. */
class ListSink implements EventSink {
    private final List<RecordedTask> parts = new ArrayList<>();
    private int opened;
    private int flushed;
    private int closed;

    @Override
    public synchronized void open(EventSource source) {
        opened++;
    }

    @Override
    public synchronized void write(List<RecordedTask> batch) {
        parts.addAll(batch);
    }

    @Override
    public synchronized void flush() {
        flushed++;
    }

    @Override
    public synchronized void close() {
        closed++;
    }

    synchronized int opened() {
        return opened;
    }

    synchronized int flushed() {
        return flushed;
    }

    synchronized int closed() {
        return closed;
    }

    synchronized List<RecordedTask> parts() {
        return List.copyOf(parts);
    }

    /** {@return all events by task, in the order in which they came} */
    synchronized Map<Integer, List<RecordedEvent>> events() {
        TreeMap<Integer, List<RecordedEvent>> events = new TreeMap<>();
        for (RecordedTask part : parts) {
            events.computeIfAbsent(part.id(), id -> new ArrayList<>()).addAll(part.events());
        }
        return events;
    }
}
