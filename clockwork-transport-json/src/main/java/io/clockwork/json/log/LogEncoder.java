package io.clockwork.json.log;

import io.clockwork.json.stream.JsonWriter;
import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Site;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes lines; docs/formats/events-json.md numbers the rules. */
final class LogEncoder {
    static final int VERSION = 1;
    /** Of one string, so that a line has at most a megabyte whatever the program records. */
    private static final int MAX_CHARS = 16_384;

    private final StringBuilder text = new StringBuilder();
    private final long startNanos;
    private final boolean timed;

    LogEncoder(long startNanos, boolean timed) {
        this.startNanos = startNanos;
        this.timed = timed;
    }

    /** {@return the lines so far, which are forgotten} */
    String take() {
        String lines = text.toString();
        text.setLength(0);
        return lines;
    }

    /* The empty line before it ends a torn line of the file that this one may be appended to later. */
    void header(String node, String run, Instant start) {
        text.append('\n');
        JsonWriter line =
                begin().name("clockwork").value("events").name("version").value(VERSION);
        string(line, "node", node).name("run").value(run).name("start").value(start.toString());
        end(line.name("timed").value(timed));
    }

    void counts(long dropped, long misuses, long malformed, long lost) {
        JsonWriter line = begin().name("dropped").value(dropped).name("misuses").value(misuses);
        line.name("malformed").value(malformed);
        end(line.name("lost").value(lost));
    }

    void task(RecordedTask task) {
        JsonWriter line = begin().name("task").value(task.id()).name("trace").value(task.trace());
        string(line, "traceId", task.traceId());
        string(line, "name", task.name());
        dot(line, "origin", task.origin());
        if (task.isUnlinked()) {
            line.name("unlinked").value(true);
        }
        end(line);
    }

    void events(RecordedTask task) {
        String thread = task.thread();
        for (RecordedEvent event : task.events()) {
            if (event.kind() == EventKind.RESUME) {
                thread = event.subject();
            }
            event(event, thread);
        }
    }

    private void event(RecordedEvent event, String thread) {
        JsonWriter line = begin().name("task").value(event.dot().task());
        line.name("seq").value(event.dot().sequence());
        line.name("kind").value(event.kind().name());
        string(line, "subject", event.subject());
        if (event.kind() != EventKind.RESUME && !thread.isEmpty()) {
            string(line, "thread", thread);
        }
        dot(line, "cause", event.cause());
        if (event.value() != null) {
            value(line.name("value"), event.value());
        }
        if (event.order() != null && event.order() != MemoryOrder.usual(event.kind())) {
            line.name("order").value(event.order().name());
        }
        if (event.message() != null) {
            line.name("message").value(event.message().toString());
        }
        site(line, event.site());
        if (timed) {
            line.name("nanos").value(event.nanos() - startNanos);
        }
        end(line);
    }

    private JsonWriter begin() {
        return JsonWriter.compact(text).beginObject();
    }

    private void end(JsonWriter line) {
        line.endObject().endDocument();
        text.append('\n');
    }

    private static JsonWriter string(JsonWriter line, String name, String value) {
        return line.name(name).value(writable(value));
    }

    private static void dot(JsonWriter line, String name, @Nullable Dot dot) {
        if (dot != null) {
            line.name(name).beginArray().value(dot.task()).value(dot.sequence()).endArray();
        }
    }

    private static void site(JsonWriter line, @Nullable Site site) {
        if (site != null) {
            string(line.name("site").beginObject(), "class", site.className());
            string(line, "method", site.method());
            String file = site.file();
            if (file != null) {
                string(line, "file", file);
            }
            line.name("line").value(site.line()).endObject();
        }
    }

    private static void value(JsonWriter line, Object value) {
        if (value instanceof Long number) {
            line.value((long) number);
        } else if (value instanceof String string) {
            line.value(writable(string));
        } else if (value instanceof Boolean truth) {
            line.value((boolean) truth);
        } else {
            ValueForm form = ValueForm.of(value);
            line.beginObject();
            string(line, form.typeName(), form.text(value)).endObject();
        }
    }

    /** {@return the string without what could not be read back: a lone surrogate is no character of UTF-8} */
    private static String writable(String text) {
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS - 1) + '\u2026' : text;
        for (int i = 0; i < cut.length(); i++) {
            if (Character.isSurrogate(cut.charAt(i))) {
                int point = cut.codePointAt(i);
                if (point <= Character.MAX_VALUE) {
                    return replaceLoneSurrogates(cut);
                }
                i++;
            }
        }
        return cut;
    }

    private static String replaceLoneSurrogates(String text) {
        int[] points = text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .toArray();
        return new String(points, 0, points.length);
    }
}
