package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.json.stream.JsonWriter;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the JSON of Chrome's trace viewer, which Perfetto reads: a process for each service of a trace, a track for each
 * task, slices for operations, instants for other events, and an arrow for each edge between tasks.
 *
 * <p>Arrows need slices to hold on to, so a task that is more than one operation is a slice itself. Times are microseconds
 * since the first event.
 */
final class PerfettoWriter {
    private final EventLog log;
    private final Timeline timeline;
    private final long first;
    private int flows;

    PerfettoWriter(EventLog log) {
        this.log = log;
        timeline = Timeline.of(log);
        long earliest = Long.MAX_VALUE;
        for (int e = 0; e < log.size(); e++) {
            earliest = Math.min(earliest, timeline.nanos(e));
        }
        first = earliest == Long.MAX_VALUE ? 0 : earliest;
    }

    void write(Appendable out) throws IOException {
        JsonWriter json = JsonWriter.compact(out);
        json.beginObject().name("displayTimeUnit").value("ns");
        json.name("otherData")
                .beginObject()
                .name("startNanos")
                .value(Long.toString(first))
                .endObject();
        json.name("traceEvents").beginArray();
        int[] processes = names(json);
        for (int task = 0; task < processes.length; task++) {
            if (timeline.firsts[task] >= 0 && !timeline.isOneOperation(task)) {
                slice(json, task, log.taskName(task), timeline.firsts[task], timeline.lasts[task], "task", processes);
            }
        }
        for (int o = 0; o < timeline.size(); o++) {
            int begin = timeline.begins.get(o);
            slice(json, log.task(begin), log.subject(begin), begin, timeline.ends.get(o), "operation", processes);
        }
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) != EventKind.BEGIN && log.kind(e) != EventKind.END) {
                instant(json, e, processes);
            }
            for (int k = 0; k < log.causeCount(e); k++) {
                if (log.task(log.cause(e, k)) != log.task(e)) {
                    flow(json, log.cause(e, k), e, log.isSync(e, k), processes);
                }
            }
        }
        json.endArray().endObject().endDocument();
        out.append('\n');
    }

    /** {@return per task the number of its process} */
    private int[] names(JsonWriter json) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] processes = new int[log.taskCount()];
        for (int task = 0; task < processes.length; task++) {
            String trace = log.traceCount() > 1 ? " (" + log.traceName(log.trace(task)) + ')' : "";
            String name = (log.service(task).isEmpty() ? "unknown" : log.service(task)) + trace;
            Integer known = numbers.putIfAbsent(log.trace(task) + "\n" + log.service(task), numbers.size() + 1);
            processes[task] = known == null ? numbers.size() : known;
            if (known == null) {
                name(json, "process_name", processes[task], 0, name);
            }
            name(json, "thread_name", processes[task], task + 1, log.taskName(task));
        }
        return processes;
    }

    private static void name(JsonWriter json, String what, int process, int thread, String name) {
        json.beginObject().name("ph").value("M").name("name").value(what);
        json.name("pid").value(process).name("tid").value(thread);
        json.name("args")
                .beginObject()
                .name("name")
                .value(Text.json(name))
                .endObject()
                .endObject();
    }

    private void head(JsonWriter json, String phase, String name, String category, int event, int[] processes) {
        int task = log.task(event);
        json.beginObject()
                .name("ph")
                .value(phase)
                .name("name")
                .value(Text.json(name))
                .name("cat")
                .value(category);
        json.name("pid").value(processes[task]).name("tid").value(task + 1);
        json.name("ts").value(micros(timeline.nanos(event) - first));
    }

    private void slice(JsonWriter json, int task, String name, int begin, int end, String category, int[] processes) {
        head(json, "X", name, category, begin, processes);
        json.name("dur").value(micros(Math.max(0, timeline.nanos(end) - timeline.nanos(begin))));
        json.name("args").beginObject().name("task").value(Text.json(log.taskName(task)));
        if (!log.site(begin).isEmpty()) {
            json.name("site").value(Text.json(log.site(begin)));
        }
        if (log.isError(task)) {
            json.name("error").value(true);
        }
        json.endObject().endObject();
    }

    private void instant(JsonWriter json, int event, int[] processes) {
        head(json, "i", Timeline.text(log, event), log.kind(event).name().toLowerCase(Locale.ROOT), event, processes);
        json.name("s").value("t");
        if (!log.site(event).isEmpty() || !log.thread(event).isEmpty()) {
            json.name("args").beginObject();
            json.name("site").value(Text.json(log.site(event))).name("thread").value(Text.json(log.thread(event)));
            json.endObject();
        }
        json.endObject();
    }

    private void flow(JsonWriter json, int from, int to, boolean sync, int[] processes) {
        String name = sync ? "precedes" : "causes";
        flows++;
        head(json, "s", name, "flow", from, processes);
        json.name("id").value(flows).endObject();
        head(json, "f", name, "flow", to, processes);
        json.name("id").value(flows).name("bp").value("e").endObject();
    }

    private static double micros(long nanos) {
        return nanos / 1e3;
    }
}
