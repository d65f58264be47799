package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import java.io.IOException;

/**
 * Writes the causal graph in Graphviz's language: a cluster for each task, an edge for each cause; the order of a task is
 * plain, causes of other tasks are bold, and what only this run ordered is dashed.
 */
final class DotWriter {
    private static final int MAX_LABEL = 80;

    private final EventLog log;

    DotWriter(EventLog log) {
        this.log = log;
    }

    void write(Appendable out) throws IOException {
        out.append("digraph causality {\n  rankdir=TB;\n  node [shape=box, fontsize=10];\n");
        IntList[] events = new IntList[log.taskCount()];
        for (int e = 0; e < log.size(); e++) {
            int task = log.task(e);
            events[task] = events[task] == null ? new IntList() : events[task];
            events[task].add(e);
        }
        for (int task = 0; task < events.length; task++) {
            if (events[task] != null) {
                cluster(task, events[task], out);
            }
        }
        for (int e = 0; e < log.size(); e++) {
            for (int k = 0; k < log.causeCount(e); k++) {
                if (log.task(log.cause(e, k)) != log.task(e)) {
                    out.append("  e").append(Integer.toString(log.cause(e, k)));
                    out.append(" -> e").append(Integer.toString(e));
                    out.append(log.isSync(e, k) ? " [style=dashed, constraint=false];\n" : " [style=bold];\n");
                }
            }
        }
        out.append("}\n");
    }

    private void cluster(int task, IntList events, Appendable out) throws IOException {
        String service = log.service(task);
        String name = service.isEmpty() ? log.taskName(task) : service + ": " + log.taskName(task);
        out.append("  subgraph cluster_").append(Integer.toString(task)).append(" {\n    label=");
        quote(name, out);
        out.append(";\n");
        for (int i = 0; i < events.size(); i++) {
            out.append("    e").append(Integer.toString(events.get(i))).append(" [label=");
            quote(Timeline.text(log, events.get(i)), out);
            out.append("];\n");
        }
        for (int i = 1; i < events.size(); i++) {
            out.append(i == 1 ? "    e" : " -> e").append(Integer.toString(events.get(i - 1)));
            if (i + 1 == events.size()) {
                out.append(" -> e").append(Integer.toString(events.get(i))).append(";\n");
            }
        }
        out.append("  }\n");
    }

    /** In a quoted string of Graphviz only the quote ends it; a backslash begins an escape of the label, an ampersand a character by name. */
    private static void quote(String text, Appendable out) throws IOException {
        out.append('"');
        int end = text.length() > MAX_LABEL ? text.offsetByCodePoints(0, shownPoints(text)) : text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '&') {
                out.append("&amp;");
            } else if (c == '\n') {
                out.append("\\n");
            } else if (isLoneSurrogate(text, i) || c < ' ' || c == 0x7F) {
                out.append('?');
            } else {
                out.append(c);
            }
        }
        out.append(end < text.length() ? "...\"" : "\"");
    }

    private static int shownPoints(String text) {
        return Math.min(MAX_LABEL, text.codePointCount(0, text.length()));
    }

    static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        boolean low = Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
        boolean high = Character.isHighSurrogate(c)
                && (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1)));
        return low || high;
    }
}
