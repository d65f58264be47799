package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.SpanKind;
import io.clockwork.json.stream.JsonWriter;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the lines that recorders write, a run for each service; docs/formats/events-json.md numbers the rules. */
final class EventsWriter {
    private static final int MAX_CHARS = 16_384;
    private static final Pattern FILE_AND_LINE = Pattern.compile("(.*):(\\d{1,9})", Pattern.DOTALL);

    private final EventLog log;
    private final Losses losses;
    private final EventsPlan plan;
    private final List<String> traceIds = new ArrayList<>();
    /** Whether tasks without events say what traces are called, because no task of theirs would. */
    private final boolean naming;

    private Appendable out = new StringBuilder();

    EventsWriter(EventLog log, Losses losses) {
        this.log = log;
        this.losses = losses;
        SpanIds ids = new SpanIds(log, SpanIds.Form.OTLP, new Losses());
        for (int trace = 0; trace < log.traceCount(); trace++) {
            traceIds.add(ids.trace(trace));
        }
        plan = new EventsPlan(log, traceIds, losses);
        naming = !namesItself();
    }

    /** {@return whether the first task of each trace that nothing set off is called as its trace, and traces come in order} */
    private boolean namesItself() {
        boolean[] met = new boolean[log.traceCount()];
        boolean[] named = new boolean[log.traceCount()];
        int next = 0;
        for (int run = 0; run < plan.runs.size(); run++) {
            for (int task = 0; task < log.taskCount(); task++) {
                if (plan.runOf[task] != run) {
                    continue;
                }
                int trace = log.trace(task);
                if (!met[trace] && trace != next++) {
                    return false;
                }
                met[trace] = true;
                if (!named[trace] && plan.namedOrigin(task) < 0 && !plan.arrives(task)) {
                    named[trace] = true;
                    if (!log.taskName(task).equals(log.traceName(trace))) {
                        return false;
                    }
                }
            }
        }
        for (boolean each : named) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    void write(Appendable target) throws IOException {
        out = target;
        String digest = digest();
        int run = 0;
        for (String service : plan.runs.keySet()) {
            header(service, digest);
            tasks(run);
            events(run++);
        }
        if (plan.runs.isEmpty()) {
            header("", digest);
        }
    }

    private void header(String service, String digest) throws IOException {
        JsonWriter line = JsonWriter.compact(out).beginObject();
        line.name("clockwork").value("events").name("version").value(1);
        line.name("node").value(text(service)).name("run").value("converted-" + digest);
        line.name("start").value("1970-01-01T00:00:00Z").name("timed").value(log.isTimed());
        end(line);
    }

    private void end(JsonWriter line) throws IOException {
        line.endObject().endDocument();
        out.append('\n');
    }

    private void tasks(int run) throws IOException {
        int number = 0;
        if (run == 0 && naming) {
            for (int trace = 0; trace < log.traceCount(); trace++) {
                task(number++, trace, log.traceName(trace), -1, -1);
            }
        }
        for (int task = 0; task < log.taskCount(); task++) {
            if (plan.runOf[task] == run) {
                plan.numberInRun[task] = number++;
            }
        }
        for (int task = 0; task < log.taskCount(); task++) {
            if (plan.runOf[task] == run) {
                task(plan.numberInRun[task], log.trace(task), log.taskName(task), plan.namedOrigin(task), task);
            }
        }
    }

    /** Writes a task that has the number {@code task} in the log; -1 is one that only names a trace. */
    private void task(int number, int trace, String name, int origin, int task) throws IOException {
        JsonWriter line = JsonWriter.compact(out).beginObject();
        line.name("task").value(number).name("trace").value(trace);
        line.name("traceId").value(traceIds.get(trace)).name("name").value(text(name));
        if (origin >= 0) {
            dot(line.name("origin"), log.task(origin), plan.sequences[origin]);
        }
        Map<String, String> attributes = task < 0 ? Map.of() : attributes(task);
        if (!attributes.isEmpty()) {
            line.name("attributes").beginObject();
            attributes.forEach((key, value) -> line.name(key).value(text(value)));
            line.endObject();
        }
        end(line);
    }

    /** {@return what the log says of a task that its events do not} */
    private Map<String, String> attributes(int task) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (log.spanKind(task) != SpanKind.UNKNOWN) {
            attributes.put("spanKind", log.spanKind(task).name());
        }
        if (log.isError(task)) {
            attributes.put("error", "true");
        }
        if (log.isShared(task)) {
            attributes.put("shared", "true");
        }
        if (log.status(task) > 0) {
            attributes.put("status", Integer.toString(log.status(task)));
        }
        if (!log.peer(task).isEmpty()) {
            attributes.put("peer", log.peer(task));
        }
        if (!log.missingParent(task).isEmpty()) {
            attributes.put("missingParent", log.missingParent(task));
        }
        if (log.link(task) != plan.linkRead(task)) {
            attributes.put("link", log.link(task).name());
        }
        return attributes;
    }

    private void events(int run) throws IOException {
        String[] threads = new String[log.taskCount()];
        for (int e = 0; e < log.size(); e++) {
            int task = log.task(e);
            if (plan.runOf[task] != run) {
                continue;
            }
            for (EventsPlan.Extra extra : plan.before(e)) {
                extra(extra, e);
            }
            if (plan.hops(e, threads)) {
                JsonWriter hop = begin(task, plan.sequences[e] - 1, EventKind.RESUME, log.thread(e));
                end(nanos(hop, e));
            }
            threads[task] = log.kind(e) == EventKind.RESUME ? log.subject(e) : log.thread(e);
            event(e, task);
            for (EventsPlan.Extra extra : plan.after(e)) {
                extra(extra, e);
            }
        }
    }

    private void event(int event, int task) throws IOException {
        EventKind kind = log.kind(event);
        JsonWriter line = begin(task, plan.sequences[event], kind, subject(event, kind));
        if (kind != EventKind.RESUME && !log.thread(event).isEmpty()) {
            line.name("thread").value(text(log.thread(event)));
        }
        int cause = plan.causes[event];
        if (cause >= 0) {
            dot(line.name("cause"), log.task(cause), plan.sequences[cause]);
        }
        Object value = log.value(event);
        if (value != null) {
            value(line.name("value"), value);
        }
        if (!log.site(event).isEmpty()) {
            site(line, log.site(event));
        }
        end(nanos(line, event));
    }

    private void extra(EventsPlan.Extra extra, int near) throws IOException {
        JsonWriter line = begin(extra.task, extra.sequence, extra.kind, extra.subject);
        if (!log.thread(near).isEmpty()) {
            line.name("thread").value(text(log.thread(near)));
        }
        EventsPlan.Extra cause = extra.cause;
        if (cause != null) {
            dot(line.name("cause"), cause.task, cause.sequence);
        }
        if (!extra.message.isEmpty()) {
            line.name("message").value(extra.message);
        }
        end(nanos(line, near));
    }

    private JsonWriter begin(int task, int sequence, EventKind kind, String subject) {
        JsonWriter line = JsonWriter.compact(out).beginObject();
        line.name("task").value(plan.numberInRun[task]).name("seq").value(sequence);
        return line.name("kind").value(kind.name()).name("subject").value(text(subject));
    }

    private JsonWriter nanos(JsonWriter line, int event) {
        return log.isTimed() ? line.name("nanos").value(log.nanos(event)) : line;
    }

    private void dot(JsonWriter line, int task, int sequence) {
        line.beginArray().value(plan.numberInRun[task]).value(sequence).endArray();
    }

    /** What readers add to the names of locks to tell services apart is left out, for them to add again. */
    private String subject(int event, EventKind kind) {
        String subject = log.subject(event);
        boolean local = kind.compareTo(EventKind.ACQUIRE) >= 0 && kind.compareTo(EventKind.PEEK) <= 0;
        String suffix = " (" + log.service(log.task(event)) + ")";
        boolean added = local && plan.runs.size() > 1 && subject.endsWith(suffix);
        return added ? subject.substring(0, subject.length() - suffix.length()) : subject;
    }

    private void value(JsonWriter line, Object value) {
        if (value instanceof Long number) {
            line.value((long) number);
        } else if (value instanceof String string) {
            line.value(text(string));
        } else if (value instanceof Boolean truth) {
            line.value((boolean) truth);
        } else {
            line.beginObject().name(type(value));
            line.value(text(value instanceof Character c ? Integer.toString(c) : String.valueOf(value)));
            line.endObject();
        }
    }

    private static String type(Object value) {
        boolean number = value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float;
        if (value instanceof Integer) {
            return "int";
        }
        return number
                ? value.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                : value instanceof Character ? "char" : "other";
    }

    private void site(JsonWriter line, String site) {
        Matcher place = FILE_AND_LINE.matcher(site);
        boolean inFile = place.matches() && !place.group(2).startsWith("0");
        int dot = site.lastIndexOf('.');
        line.name("site").beginObject();
        line.name("class").value(inFile || dot < 0 ? "" : text(site.substring(0, dot)));
        line.name("method").value(inFile ? "" : text(site.substring(dot + 1)));
        if (inFile) {
            line.name("file").value(text(place.group(1))).name("line").value(Integer.parseInt(place.group(2)));
        }
        line.endObject();
    }

    private String text(String text) {
        if (text.length() > MAX_CHARS) {
            losses.add("TEXT_CUT", "[text is|texts are] longer than " + MAX_CHARS + " characters: cut");
            return Text.json(text.substring(0, MAX_CHARS - 1) + '\u2026');
        }
        return Text.json(text);
    }

    /** {@return what tells this log from others, the same each time} */
    private String digest() {
        long hash = log.size();
        for (int e = 0; e < log.size(); e++) {
            hash = (hash ^ log.subject(e).hashCode()) * 0x9E3779B97F4A7C15L;
            hash = (hash ^ log.nanos(e) ^ ((long) log.task(e) << 32)) * 0xC2B2AE3D27D4EB4FL;
            hash ^= hash >>> 32;
        }
        return HexFormat.of().toHexDigits(hash);
    }
}
