package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.json.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a log with vector clocks, two lines an event, after the expressions that read it: an execution for each trace, a
 * host for each task. The clocks are those of happens-before, sync edges too.
 *
 * <p>What an event learned of other hosts is an array that the events after it share until more is learned.
 */
final class ShiVizWriter {
    private static final String PARSER = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";
    private static final String DELIMITER = "^=== (?<trace>.*) ===$";
    private static final int[] NOTHING = {};

    private final EventLog log;
    private final Losses losses;
    private final String[] hosts;
    /** Per event what it knows of other tasks: tasks ascending, each with its count. */
    private final int[][] known;

    ShiVizWriter(EventLog log, Losses losses) {
        this.log = log;
        this.losses = losses;
        hosts = new String[log.taskCount()];
        known = new int[log.size()][];
    }

    void write(Appendable out) throws IOException {
        List<IntList> traces = eventsOfTraces();
        nameHosts();
        learn();
        boolean several =
                traces.size() > 1 || (traces.size() == 1 && !log.traceName(0).isEmpty());
        out.append(PARSER).append('\n').append(several ? DELIMITER : "").append('\n');
        for (int t = 0; t < traces.size(); t++) {
            if (several) {
                out.append("=== ").append(line(log.traceName(t))).append(" ===\n");
            }
            for (int i = 0; i < traces.get(t).size(); i++) {
                event(traces.get(t).get(i), several, out);
            }
        }
    }

    private List<IntList> eventsOfTraces() {
        List<IntList> traces = new ArrayList<>();
        for (int t = 0; t < log.traceCount(); t++) {
            traces.add(new IntList());
        }
        for (int e = 0; e < log.size(); e++) {
            traces.get(log.trace(log.task(e))).add(e);
        }
        return traces;
    }

    /** A host is called as its task and, where that says more, its service; no two of a trace have one name. */
    private void nameHosts() {
        Set<String> used = new HashSet<>();
        for (int task = 0; task < hosts.length; task++) {
            String service = word(log.service(task));
            String name = word(log.taskName(task));
            String host = name.isEmpty() || name.equals(service) || name.startsWith(service + ":")
                    ? name.isEmpty() ? service : name
                    : service.isEmpty() ? name : service + '/' + name;
            host = host.isEmpty() ? "task" : host;
            String distinct = host;
            if (!used.add(log.trace(task) + "\n" + distinct)) {
                distinct = host + '#' + task;
                used.add(log.trace(task) + "\n" + distinct);
                losses.add("HOST_RENAMED", "[task has|tasks have] the name of another one: numbered");
            }
            hosts[task] = distinct;
        }
    }

    private void learn() {
        int[][] ofTask = new int[hosts.length][];
        Arrays.fill(ofTask, NOTHING);
        for (int e = 0; e < known.length; e++) {
            int task = log.task(e);
            int[] knows = ofTask[task];
            for (int k = 0; k < log.causeCount(e); k++) {
                int from = log.cause(e, k);
                int other = log.task(from);
                if (log.trace(other) != log.trace(task)) {
                    losses.add(
                            "EDGE_LEFT_OUT",
                            "[edge|edges] between traces [has|have] no place in executions of their own");
                } else if (other != task) {
                    knows = merged(knows, known[from], other, log.sequence(from), task);
                }
            }
            ofTask[task] = knows;
            known[e] = knows;
        }
    }

    /** {@return what two clocks know and that {@code other} has {@code count} events, without the task itself} */
    private static int[] merged(int[] a, int[] b, int other, int count, int self) {
        int[] one = union(a, b, self);
        return covers(one, other, count) ? one : union(one, new int[] {other, count}, self);
    }

    private static boolean covers(int[] clock, int task, int count) {
        int low = 0;
        int high = clock.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (clock[2 * middle] == task) {
                return clock[2 * middle + 1] >= count;
            }
            if (clock[2 * middle] < task) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private static int[] union(int[] a, int[] b, int self) {
        if (b.length == 0 || a == b) {
            return a;
        }
        int[] out = new int[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            int first = i == a.length ? Integer.MAX_VALUE : a[i];
            int second = j == b.length ? Integer.MAX_VALUE : b[j];
            int task = Math.min(first, second);
            int count = 0;
            if (first == task) {
                count = a[i + 1];
                i += 2;
            }
            if (second == task) {
                count = Math.max(count, b[j + 1]);
                j += 2;
            }
            if (task != self) {
                out[size++] = task;
                out[size++] = count;
            }
        }
        int[] union = Arrays.copyOf(out, size);
        return Arrays.equals(union, a) ? a : union;
    }

    private void event(int event, boolean several, Appendable out) throws IOException {
        int task = log.task(event);
        out.append(hosts[task]).append(' ');
        JsonWriter clock = JsonWriter.compact(out).beginObject();
        clock.name(hosts[task]).value(log.sequence(event));
        for (int i = 0; i < known[event].length; i += 2) {
            clock.name(hosts[known[event][i]]).value(known[event][i + 1]);
        }
        clock.endObject().endDocument();
        String text = line(Timeline.text(log, event));
        boolean delimits = several && text.startsWith("=== ") && text.endsWith(" ===");
        out.append('\n').append(delimits ? " " : "").append(text).append('\n');
    }

    /** {@return text without what ends a line in JavaScript} */
    private static String line(String text) {
        return replaced(text, false);
    }

    /** {@return text without white space} */
    private static String word(String text) {
        return replaced(text, true);
    }

    private static String replaced(String text, boolean spaces) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
            if (ends || (spaces && ShiVizReader.isSpace(c))) {
                out.setCharAt(i, spaces ? '_' : ' ');
            }
        }
        return Text.json(out.toString());
    }
}
