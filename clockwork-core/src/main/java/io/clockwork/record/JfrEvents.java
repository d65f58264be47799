package io.clockwork.record;

import java.util.ArrayList;
import java.util.List;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;
import jdk.jfr.ValueDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The event type of {@link JfrSink}, one for the process; the only class that needs the module {@code jdk.jfr}.
 *
 * <p>The type is made at run time, so that no class of this module is built on one of the flight recorder.
 */
final class JfrEvents {
    /** The flight recorder drops what does not fit into its buffers without a word. */
    private static final int MAX_CHARS = 4096;

    private static final EventFactory EVENTS = EventFactory.create(
            List.of(
                    new AnnotationElement(Name.class, "io.clockwork.Event"),
                    new AnnotationElement(Label.class, "Causal Event"),
                    new AnnotationElement(Description.class, "What a task did, and after what"),
                    new AnnotationElement(Category.class, new String[] {"Clockwork"}),
                    new AnnotationElement(StackTrace.class, false)),
            fields());

    private JfrEvents() {}

    private static List<ValueDescriptor> fields() {
        List<ValueDescriptor> fields = new ArrayList<>();
        fields.add(field(String.class, "node", "Node"));
        fields.add(field(String.class, "traceId", "Trace Id"));
        fields.add(field(String.class, "task", "Task"));
        fields.add(field(String.class, "dot", "Dot"));
        fields.add(field(int.class, "sequence", "Sequence"));
        fields.add(field(String.class, "kind", "Kind"));
        fields.add(field(String.class, "subject", "Subject"));
        fields.add(field(String.class, "thread", "Thread"));
        fields.add(field(String.class, "cause", "Cause"));
        fields.add(field(String.class, "value", "Value"));
        fields.add(field(String.class, "order", "Memory Order"));
        fields.add(field(String.class, "message", "Message"));
        fields.add(field(long.class, "nanos", "System.nanoTime"));
        fields.add(new ValueDescriptor(
                long.class,
                "time",
                List.of(
                        new AnnotationElement(Label.class, "Time"),
                        new AnnotationElement(Timestamp.class, Timestamp.MILLISECONDS_SINCE_EPOCH))));
        return fields;
    }

    private static ValueDescriptor field(Class<?> type, String name, String label) {
        return new ValueDescriptor(type, name, List.of(new AnnotationElement(Label.class, label)));
    }

    /** Lets the flight recorder know the type, so that a recording may be told to leave it out. */
    static void register() {
        EVENTS.register();
    }

    static boolean isEnabled() {
        return EVENTS.newEvent().isEnabled();
    }

    static void commit(String node, RecordedTask task, String thread, RecordedEvent recorded) {
        Event event = EVENTS.newEvent();
        int i = 0;
        event.set(i++, cut(node));
        event.set(i++, cut(task.traceId()));
        event.set(i++, cut(task.name()));
        event.set(i++, text(recorded.dot()));
        event.set(i++, recorded.dot().sequence());
        event.set(i++, recorded.kind().name());
        event.set(i++, cut(recorded.subject()));
        event.set(i++, cut(thread));
        event.set(i++, text(recorded.cause()));
        event.set(i++, cut(recorded.value()));
        event.set(i++, cut(recorded.order()));
        event.set(i++, cut(recorded.message()));
        event.set(i++, recorded.nanos());
        event.set(i, recorded.nanos() == 0 ? 0 : Recorder.epochMillis(recorded.nanos()));
        event.commit();
    }

    private static @Nullable String text(@Nullable Dot dot) {
        return dot == null ? null : dot.task() + ":" + dot.sequence();
    }

    /** @param object one that the recorder made or took a snapshot of: its text is no code of the application */
    private static @Nullable String cut(@Nullable Object object) {
        String text = object == null ? null : object.toString();
        return text == null || text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 1) + '\u2026';
    }
}
