package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.Anomaly;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.ServiceGraph;
import io.clockwork.analysis.ServiceGraph.Calls;
import io.clockwork.analysis.ServiceGraph.Service;
import io.clockwork.analysis.TraceTree;
import io.clockwork.analysis.TraceTree.Node;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the page of a place; where a file that was read again no longer has it, an empty one. */
final class Pages {
    private static final int MAX_INDENT = 24;

    private final Snapshot snapshot;
    private final Pen pen;

    private Pages(Snapshot snapshot, Pen pen) {
        this.snapshot = snapshot;
        this.pen = pen;
    }

    static Page of(Snapshot snapshot, Place place, Pen pen) {
        Pages pages = new Pages(snapshot, pen);
        int number = place.number();
        return switch (place.kind()) {
            case TRACES -> pages.traces();
            case EVENTS -> EventsPage.all(snapshot, pen);
            case TRACE_EVENTS ->
                number < snapshot.log.traceCount() ? EventsPage.ofTrace(snapshot, pen, number) : pages.gone("Events");
            case TREE -> number < snapshot.log.traceCount() ? pages.tree(number) : pages.gone("Tree");
            case PATHS -> new PathPages(snapshot, pen).list();
            case PATH -> new PathPages(snapshot, pen).path(number);
            case ANOMALIES -> pages.anomalies();
            case SERVICES -> pages.services();
            case SERVICE -> pages.service(number);
            case VARIABLES -> new VariablePages(snapshot, pen).list();
            case TRAIL -> new VariablePages(snapshot, pen).trail(place.name());
            case FINDINGS -> new FindingPages(snapshot, pen).list();
            case FINDING -> new FindingPages(snapshot, pen).finding(number);
            case EVENT -> number < snapshot.log.size() ? new EventPage(snapshot, pen).of(number) : pages.gone("Event");
            case NOTES -> pages.notes();
            case NOTE -> pages.note(number);
            case HELP -> Action.help(pen);
        };
    }

    private Rows gone(String title) {
        return new Rows(title, "this is not in the files any more; Esc goes back", 0, row -> pen.line(), row -> null);
    }

    private Page traces() {
        int count = snapshot.log.traceCount();
        return new Rows("Traces", "the log has no traces", count, this::trace, row -> Place.of(Kind.TREE, row));
    }

    private Line trace(int trace) {
        String time = snapshot.log.isTimed() ? pen.duration(snapshot.last[trace] - snapshot.first[trace]) : "";
        Line line = pen.line()
                .cell(Tone.PLAIN, snapshot.traceName(trace), Math.max(12, pen.width() - 52))
                .right(Tone.MILD, time, 11)
                .right(Tone.PLAIN, Pen.count(snapshot.events[trace], "event"), 15)
                .right(Tone.PLAIN, Pen.count(snapshot.tasks[trace], "task"), 12);
        int failed = snapshot.failed[trace];
        return line.add(Tone.BAD, failed == 0 ? "" : "  " + failed + " failed");
    }

    private Page tree(int trace) {
        TraceTree tree = snapshot.tree(trace);
        List<Node> nodes = tree.nodes();
        return new Rows(
                "Tree of " + snapshot.traceName(trace),
                "this trace has no operations: e shows its events",
                nodes.size(),
                row -> node(nodes.get(row)),
                row -> Place.of(Kind.EVENT, nodes.get(row).event()));
    }

    private Line node(Node node) {
        int indent = Math.min(2 * node.depth(), MAX_INDENT);
        String deeper = 2 * node.depth() > MAX_INDENT ? node.depth() + " " : "";
        String name = (node.service().isEmpty() ? "" : node.service() + ": ") + node.operation();
        String marks = switch (node.link()) {
            case NONE, CALL -> node.failed() ? "failed" : "";
            case FORK, FOLLOWS, MESSAGE ->
                node.link().name().toLowerCase(Locale.ROOT) + (node.failed() ? ", failed" : "");
        };
        int marksWidth = marks.isEmpty() ? 0 : marks.length() + 2;
        Line line = pen.line()
                .add(" ".repeat(indent) + deeper)
                .add(node.pathNanos() > 0 ? Tone.UNSURE : Tone.FAINT, node.pathNanos() > 0 ? "* " : "- ")
                .rest(node.failed() ? Tone.BAD : Tone.PLAIN, name, pen.width() - 26 - marksWidth);
        return line.right(Tone.PLAIN, pen.duration(node.nanos()), 11)
                .right(Tone.FAINT, "self " + pen.duration(node.selfNanos()), 15)
                .add(node.failed() ? Tone.BAD : Tone.FAINT, marks.isEmpty() ? "" : "  " + marks);
    }

    private Page anomalies() {
        List<Anomaly> all = snapshot.report.anomalies().anomalies();
        boolean judged = snapshot.report.anomalies().judged()
                        + snapshot.report.anomalies().unjudged()
                > 0;
        return new Rows(
                "Anomalies",
                judged
                        ? "nothing is unusual by the baseline"
                        : "no baseline was given: --baseline FILE says what is usual",
                all.size(),
                row -> anomaly(all.get(row)),
                row -> witness(all.get(row)));
    }

    private Line anomaly(Anomaly anomaly) {
        Tone tone = switch (anomaly.severity()) {
            case CRITICAL -> Tone.BAD;
            case WARNING -> Tone.UNSURE;
            case MINOR -> Tone.MILD;
        };
        String what = switch (anomaly.kind()) {
            case SLOW, FAST -> pen.duration(anomaly.value()) + ", usually " + pen.duration(anomaly.usual());
            case ERROR -> "failed";
            case MISSING_CALL -> "did not call " + anomaly.callee();
            case UNSEEN_EDGE -> "called " + anomaly.callee();
            case RETRY_STORM, FAN_OUT ->
                anomaly.value() + " calls of " + anomaly.callee() + ", at most " + anomaly.usual() + " before";
        };
        return pen.line()
                .cell(tone, anomaly.severity().name(), 10)
                .cell(Tone.PLAIN, anomaly.kind().name().replace('_', ' '), 14)
                .cell(Tone.STRONG, anomaly.service() + ": " + anomaly.operation(), Math.max(12, pen.width() / 3))
                .add("  ")
                .add(what);
    }

    /** {@return the trace of the witness, with its task selected} */
    private @Nullable Place witness(Anomaly anomaly) {
        for (int trace = 0; trace < snapshot.log.traceCount(); trace++) {
            if (snapshot.log.traceName(trace).equals(anomaly.trace())) {
                List<Node> nodes = snapshot.tree(trace).nodes();
                int row = 0;
                while (row < nodes.size() && !nodes.get(row).task().equals(anomaly.task())) {
                    row++;
                }
                return Place.of(Kind.TREE, trace).at(row < nodes.size() ? row : 0);
            }
        }
        return null;
    }

    private Page services() {
        ServiceGraph graph = snapshot.report.services();
        List<Service> services = graph.services();
        List<Calls> calls = graph.calls();
        return new Rows(
                "Services and their calls",
                "the log names no services",
                services.size() + calls.size(),
                row -> row < services.size() ? service(services.get(row)) : calls(calls.get(row - services.size())),
                row -> Place.of(Kind.SERVICE, row));
    }

    private Line service(Service service) {
        String recorded = service.recorded() ? "" : "  not recorded itself";
        return pen.line()
                .cell(Tone.STRONG, service.name(), Math.max(16, pen.width() / 2))
                .right(Tone.PLAIN, Pen.count(service.operations(), "operation"), 16)
                .right(Tone.MILD, Pen.percent(service.pathShare()), 8)
                .add(Tone.BAD, service.errors() == 0 ? "" : "  " + service.errors() + " failed")
                .add(Tone.FAINT, recorded);
    }

    private Line calls(Calls calls) {
        return pen.line()
                .cell(Tone.PLAIN, calls.caller() + pen.arrow() + calls.callee(), Math.max(16, pen.width() / 2))
                .right(Tone.PLAIN, Pen.count(calls.count(), "call"), 16)
                .right(Tone.MILD, Pen.percent(calls.pathShare()), 8)
                .add(Tone.BAD, calls.errors() == 0 ? "" : "  " + calls.errors() + " failed");
    }

    private Page service(int number) {
        ServiceGraph graph = snapshot.report.services();
        int index = number - graph.services().size();
        Rows.Builder rows = new Rows.Builder(pen);
        if (index >= graph.calls().size()) {
            return gone("Service");
        }
        if (index < 0) {
            Service service = graph.services().get(number);
            rows.add(service(service));
            rows.blank();
            for (int i = 0; i < graph.calls().size(); i++) {
                Calls calls = graph.calls().get(i);
                if (calls.caller().equals(service.name()) || calls.callee().equals(service.name())) {
                    rows.add(
                            calls(calls),
                            Place.of(Kind.SERVICE, graph.services().size() + i));
                }
            }
            return rows.build("Service " + service.name());
        }
        Calls calls = graph.calls().get(index);
        rows.pair("caller", calls.caller());
        rows.pair("callee", calls.callee());
        rows.pair("calls", calls.count() + (calls.inferred() == 0 ? "" : ", " + calls.inferred() + " inferred"));
        rows.pair("failed", String.valueOf(calls.errors()));
        rows.pair("caller saw", latency(calls.callerSide()));
        rows.pair("callee took", latency(calls.calleeSide()));
        rows.pair("of the paths", Pen.percent(calls.pathShare()));
        return rows.build("Calls from " + calls.caller() + " to " + calls.callee());
    }

    private String latency(ServiceGraph.Latency times) {
        return times.count() == 0
                ? "not measured"
                : "median " + pen.duration(times.median()) + ", 95% " + pen.duration(times.p95()) + ", 99% "
                        + pen.duration(times.p99());
    }

    private Page notes() {
        List<Diagnostic> notes = snapshot.report.diagnostics();
        return new Rows(
                "What is not known",
                "all of the input could be used as it was",
                notes.size(),
                row -> pen.line()
                        .cell(Tone.UNSURE, notes.get(row).code(), 22)
                        .add(" ")
                        .add(notes.get(row).toString()),
                row -> Place.of(Kind.NOTE, row));
    }

    private Page note(int number) {
        List<Diagnostic> notes = snapshot.report.diagnostics();
        if (number >= notes.size()) {
            return gone("Note");
        }
        Rows.Builder rows = new Rows.Builder(pen);
        rows.paragraph(notes.get(number).toString());
        return rows.build("Note " + notes.get(number).code());
    }
}
