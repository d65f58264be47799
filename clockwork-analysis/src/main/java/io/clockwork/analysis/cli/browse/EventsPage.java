package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.EventLog;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Events in causal order, of all traces or of one. */
final class EventsPage implements Page {
    private static final int PREVIEW = 5;

    private final Snapshot snapshot;
    private final EventLog log;
    private final Pen pen;
    private final String title;
    private final int size;
    private final IntUnaryOperator events;

    private EventsPage(Snapshot snapshot, Pen pen, String title, int size, IntUnaryOperator events) {
        this.snapshot = snapshot;
        this.log = snapshot.log;
        this.pen = pen;
        this.title = title;
        this.size = size;
        this.events = events;
    }

    static EventsPage all(Snapshot snapshot, Pen pen) {
        return new EventsPage(snapshot, pen, "Events", snapshot.log.size(), row -> row);
    }

    static EventsPage ofTrace(Snapshot snapshot, Pen pen, int trace) {
        int[] events = snapshot.eventsOf(trace);
        return new EventsPage(
                snapshot, pen, "Events of " + snapshot.traceName(trace), events.length, row -> events[row]);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String empty() {
        return "the log has no events";
    }

    @Override
    public int size() {
        return size;
    }

    static String kind(EventLog log, int event) {
        return log.kind(event).name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Line line(int row) {
        int event = events.applyAsInt(row);
        int room = Math.max(20, pen.width() - 8 - 15 - 11);
        Object value = log.value(event);
        String what = log.subject(event) + (value == null ? "" : " = " + value);
        String time = log.isTimed() ? pen.duration(log.nanos(event) - snapshot.start) : "";
        return pen.line()
                .cell(Tone.FAINT, "#" + event, 8)
                .cell(tone(event), kind(log, event), 15)
                .cell(Tone.PLAIN, what, room * 6 / 10)
                .add(" ")
                .cell(Tone.FAINT, log.taskName(log.task(event)), room - room * 6 / 10 - 1)
                .right(Tone.FAINT, time, 11);
    }

    private Tone tone(int event) {
        return switch (log.kind(event)) {
            case WRITE, ATOMIC_WRITE, ATOMIC_UPDATE -> Tone.UNSURE;
            case READ, ATOMIC_READ -> Tone.MILD;
            case ERROR -> Tone.BAD;
            default -> Tone.PLAIN;
        };
    }

    @Override
    public Place open(int row) {
        return Place.of(Kind.EVENT, events.applyAsInt(row));
    }

    /** Looks at what events say without making lines of them: there may be a million. */
    @Override
    public boolean holds(int row, String text) {
        int event = events.applyAsInt(row);
        Object value = log.value(event);
        return has(log.subject(event), text)
                || (value != null && has(value.toString(), text))
                || has(log.taskName(log.task(event)), text)
                || has(log.site(event), text)
                || has(kind(log, event), text)
                || has("#" + event, text);
    }

    private static boolean has(String text, String lowerCase) {
        int last = text.length() - lowerCase.length();
        for (int i = 0; i <= last; i++) {
            if (text.regionMatches(true, i, lowerCase, 0, lowerCase.length())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int previewSize() {
        return PREVIEW;
    }

    @Override
    public List<Line> preview(int row) {
        Page page = new EventPage(snapshot, pen).of(events.applyAsInt(row));
        return IntStream.range(0, Math.min(PREVIEW, page.size()))
                .mapToObj(page::line)
                .toList();
    }
}
