package io.clockwork.analysis.html;

import io.clockwork.analysis.AuditTrail;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.SharedVariable;
import io.clockwork.analysis.TraceTree;
import io.clockwork.json.stream.JsonWriter;
import io.clockwork.record.EventKind;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** What the page shows, as one JSON object in columns. */
final class Payload {
    private static final int VERSION = 1;
    /** How many events may be gone through to tell which accesses raced: each variable that races costs a pass. */
    private static final long AUDIT_BUDGET = 20_000_000;

    private final EventLog log;
    private final Report report;
    private final StringBuilder out = new StringBuilder();
    private final JsonWriter json = JsonWriter.compact(out);
    private final Texts texts = new Texts();
    private final long firstMoment;
    private final Columns columns;

    Payload(EventLog log, Report report) {
        this.log = log;
        this.report = report;
        firstMoment = firstMoment(log);
        columns = new Columns(json, texts, firstMoment);
    }

    private static long firstMoment(EventLog log) {
        long first = log.size() == 0 ? 0 : log.nanos(0);
        for (int e = 1; e < log.size(); e++) {
            first = Math.min(first, log.nanos(e));
        }
        return first;
    }

    String render(String title) {
        json.beginObject();
        json.name("version").value(VERSION);
        json.name("title").value(title);
        json.name("timed").value(log.isTimed() && log.size() > 0);
        json.name("firstMoment").value(Long.toString(firstMoment));
        names("kinds", EventKind.values());
        names("links", Link.values());
        events();
        edges();
        tasks();
        json.name("traces").beginObject();
        texts("name", log.traceCount(), log::traceName);
        json.endObject();
        json.name("report");
        columns.table(Collections.singletonList(JsonTree.read(report.toJson())));
        raced();
        trees();
        new WhatIfs(log, report).write(json, columns, texts);
        json.name("texts").beginArray();
        texts.all().forEach(json::value);
        json.endArray();
        json.endObject();
        json.endDocument();
        return withoutFormats(out);
    }

    /** What hides or turns text does so in the page's source too: escaped, whoever reads that sees it. */
    private static String withoutFormats(CharSequence text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.getType(c) != Character.FORMAT) {
                escaped.appendCodePoint(c);
                return;
            }
            for (char unit : Character.toChars(c)) {
                escaped.append(String.format("\\u%04x", (int) unit));
            }
        });
        return escaped.toString();
    }

    private <E extends Enum<E>> void names(String name, E[] values) {
        json.name(name).beginArray();
        for (E value : values) {
            json.value(value.name());
        }
        json.endArray();
    }

    private void texts(String name, int size, IntFunction<String> text) {
        columns.numbers(name, size, i -> texts.numberOf(text.apply(i)));
    }

    private void events() {
        int n = log.size();
        json.name("events").beginObject();
        json.name("size").value(n);
        columns.numbers("kind", n, e -> log.kind(e).ordinal());
        columns.numbers("task", n, log::task);
        texts("subject", n, log::subject);
        texts("site", n, log::site);
        texts("thread", n, log::thread);
        columns.numbers("nanos", n, e -> log.nanos(e) - firstMoment);
        columns.numbers("value", n, e -> {
            Object value = log.value(e);
            return value == null ? -1 : texts.numberOf(String.valueOf(value));
        });
        json.endObject();
    }

    private void edges() {
        int n = log.size();
        int[] to = new int[n + 1];
        for (int e = 0; e < n; e++) {
            to[e + 1] = to[e] + log.causeCount(e);
        }
        int[] from = new int[to[n]];
        BitSet sync = new BitSet();
        for (int e = 0; e < n; e++) {
            for (int k = 0; k < log.causeCount(e); k++) {
                from[to[e] + k] = e - log.cause(e, k);
                sync.set(to[e] + k, log.isSync(e, k));
            }
        }
        json.name("edges").beginObject();
        columns.numbers("count", n, log::causeCount);
        columns.numbers("back", from.length, k -> from[k]);
        columns.numbers("sync", from.length, k -> sync.get(k) ? 1 : 0);
        json.endObject();
    }

    private void tasks() {
        int n = log.taskCount();
        json.name("tasks").beginObject();
        json.name("size").value(n);
        texts("name", n, log::taskName);
        texts("service", n, log::service);
        columns.numbers("trace", n, log::trace);
        columns.numbers("origin", n, log::origin);
        columns.numbers("link", n, task -> log.link(task).ordinal());
        columns.numbers("error", n, task -> log.isError(task) ? 1 : 0);
        columns.numbers("status", n, log::status);
        texts("spanKind", n, task -> log.spanKind(task).name());
        json.endObject();
    }

    /** Which accesses nothing orders with one that they conflict with: those of variables with races. */
    private void raced() {
        List<String> variables = report.variables().stream()
                .filter(variable -> variable.races() > 0)
                .map(SharedVariable::name)
                .toList();
        int known = (int) Math.min(variables.size(), AUDIT_BUDGET / Math.max(1, log.size()));
        BitSet raced = new BitSet();
        for (String variable : variables.subList(0, known)) {
            AuditTrail.of(log, variable)
                    .raced()
                    .forEach(entry -> raced.set(entry.access().event()));
        }
        int[] events = raced.stream().toArray();
        json.name("raced").beginObject();
        columns.numbers("event", events.length, i -> events[i]);
        json.name("size").value(events.length);
        List<String> unknown = variables.subList(known, variables.size());
        texts("unknown", unknown.size(), i -> Objects.requireNonNull(unknown.get(i)));
        json.name("unknownSize").value(unknown.size());
        json.endObject();
    }

    /** The operations of all traces, in the order of their trees; most of what they are is in their first events. */
    private void trees() {
        List<TraceTree.Node> nodes = TraceTree.of(log).stream()
                .flatMap(tree -> tree.nodes().stream())
                .toList();
        int n = nodes.size();
        json.name("tree").beginObject().name("size").value(n);
        columns.numbers("event", n, i -> nodes.get(i).event());
        columns.numbers("depth", n, i -> nodes.get(i).depth());
        columns.numbers("nanos", n, i -> nodes.get(i).nanos());
        // Mostly all of a leaf's time is its own: the rest is shorter.
        columns.numbers("below", n, i -> nodes.get(i).nanos() - nodes.get(i).selfNanos());
        columns.numbers("path", n, i -> nodes.get(i).pathNanos());
        columns.numbers("awaited", n, i -> nodes.get(i).awaited() ? 1 : 0);
        columns.numbers("failed", n, i -> nodes.get(i).failed() ? 1 : 0);
        json.endObject();
    }
}
