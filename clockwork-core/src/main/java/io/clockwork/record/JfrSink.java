package io.clockwork.record;

import java.util.List;

/**
 * Mirrors recorded events into the JDK Flight Recorder, so that causality is seen beside all else that JDK Mission Control
 * shows: as events of the type {@code io.clockwork.Event}, in whatever flight recordings run.
 *
 * <p>Fields: {@code node}, {@code traceId}, {@code task} (name), {@code dot} (task number, colon, sequence number, unique in
 * the node), {@code sequence}, {@code kind}, {@code subject}, {@code thread}, {@code cause} (a dot, if there is one), {@code
 * value} as text, {@code order} of a memory access, {@code message}, {@code nanos} and {@code time}, which tell when it
 * happened. The {@code startTime} that the flight recorder adds is some milliseconds later: when the event was mirrored. While
 * no flight recording wants events of this type they cost next to nothing and go nowhere, which is not counted as a loss.
 */
public final class JfrSink implements EventSink {
    private static final String NEEDED = "jdk.jfr.EventFactory";

    private String node = "";

    private JfrSink() {}

    /**
     * Returns a sink that writes into the flight recorder of this process.
     *
     * @throws IllegalStateException if the module {@code jdk.jfr} is not there
     */
    public static JfrSink create() {
        try {
            Class.forName(NEEDED, false, JfrSink.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "JfrSink needs the module jdk.jfr, which is not there; add it to the run-time image, require it in"
                            + " module-info or start with --add-modules jdk.jfr",
                    e);
        }
        return new JfrSink();
    }

    @Override
    public void open(EventSource source) {
        node = source.node();
        JfrEvents.register();
    }

    @Override
    public void write(List<RecordedTask> batch) {
        if (JfrEvents.isEnabled()) {
            for (RecordedTask task : batch) {
                String thread = task.thread();
                for (RecordedEvent event : task.events()) {
                    if (event.kind() == EventKind.RESUME) {
                        thread = event.subject();
                    }
                    JfrEvents.commit(node, task, thread, event);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "JDK Flight Recorder";
    }
}
