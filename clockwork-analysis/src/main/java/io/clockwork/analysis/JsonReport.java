package io.clockwork.analysis;

import io.clockwork.json.stream.JsonWriter;
import java.util.List;

/** Renders a report as JSON; {@code docs/formats/report-json.md} describes the members. */
final class JsonReport {
    /** Raised when a member changes its meaning or goes. */
    static final int VERSION = 1;

    private final Report report;
    private final StringBuilder out = new StringBuilder();
    private final JsonWriter json = JsonWriter.indented(out);

    JsonReport(Report report) {
        this.report = report;
    }

    String render() {
        json.beginObject();
        json.name("version").value(VERSION);
        json.name("events").value(report.events());
        json.name("tasks").value(report.tasks());
        json.name("traces").value(report.traces());
        json.name("races").beginArray();
        report.races().forEach(this::race);
        json.endArray();
        FindingsJson findings = new FindingsJson(json, this::access);
        findings.write(report);
        json.name("variables").beginArray();
        report.variables().forEach(this::variable);
        json.endArray();
        json.name("orders").beginArray();
        report.orders().forEach(this::order);
        json.endArray();
        json.name("criticalPaths").beginArray();
        report.criticalPaths().forEach(this::criticalPath);
        json.endArray();
        json.name("completionPaths").beginArray();
        report.completionPaths().forEach(this::criticalPath);
        json.endArray();
        new PathsJson(json).write(report);
        anomalies(report.anomalies());
        json.name("diagnostics").beginArray();
        report.diagnostics().forEach(this::diagnostic);
        json.endArray();
        json.endObject();
        json.endDocument();
        return SafeText.json(out.append('\n'));
    }

    private void race(Race race) {
        json.beginObject();
        json.name("id").value(FindingIds.of(race));
        json.name("variable").value(race.variable());
        json.name("verdict").value(race.verdict().name());
        json.name("kind").value(race.kind().name());
        json.name("count").value(race.count());
        json.name("first");
        access(race.first());
        json.name("second");
        access(race.second());
        json.name("witness").beginArray();
        race.witness().forEach(this::access);
        json.endArray();
        json.endObject();
    }

    private void access(Access access) {
        access(json, access);
    }

    static void access(JsonWriter json, Access access) {
        json.beginObject();
        json.name("event").value(access.event());
        json.name("access").value(access.write() ? "write" : "read");
        Object value = access.value();
        if (value != null) {
            json.name("value").value(String.valueOf(value));
        }
        json.name("task").value(access.task());
        json.name("taskNumber").value(access.taskNumber());
        json.name("operation").value(access.operation());
        json.name("service").value(access.service());
        json.name("thread").value(access.thread());
        json.name("site").value(access.site());
        json.name("locks").beginArray();
        access.locks().forEach(json::value);
        json.endArray();
        json.endObject();
    }

    private void variable(SharedVariable variable) {
        json.beginObject();
        json.name("name").value(variable.name());
        json.name("tasks").value(variable.tasks());
        json.name("accesses").value(variable.accesses());
        json.name("races").value(variable.races());
        strings("commonLocks", variable.commonLocks());
        json.endObject();
    }

    private void order(CausalOrder order) {
        json.beginObject();
        json.name("trace").value(order.trace());
        json.name("hosts").value(order.hosts());
        json.name("events").value(order.events());
        json.name("concurrentPairs").value(order.concurrentPairs());
        json.name("longestChain").value(order.longestChain());
        json.endObject();
    }

    private void criticalPath(CriticalPath path) {
        json.beginObject();
        json.name("trace").value(path.trace());
        json.name("service").value(path.service());
        json.name("operation").value(path.operation());
        json.name("startNanos").value(path.startNanos());
        json.name("endNanos").value(path.endNanos());
        json.name("sections").beginArray();
        for (CriticalPath.Section section : path.sections()) {
            json.beginObject();
            json.name("service").value(section.service());
            json.name("operation").value(section.operation());
            json.name("task").value(section.task());
            json.name("taskNumber").value(section.taskNumber());
            json.name("startNanos").value(section.startNanos());
            json.name("endNanos").value(section.endNanos());
            json.name("reason").value(section.reason().name());
            json.endObject();
        }
        json.endArray();
        strings("warnings", path.warnings());
        json.endObject();
    }

    private void anomalies(Anomalies anomalies) {
        json.name("anomalies").beginObject();
        json.name("judged").value(anomalies.judged());
        json.name("unjudged").value(anomalies.unjudged());
        json.name("found").beginArray();
        for (Anomaly anomaly : anomalies.anomalies()) {
            json.beginObject();
            json.name("kind").value(anomaly.kind().name());
            json.name("severity").value(anomaly.severity().name());
            json.name("service").value(anomaly.service());
            json.name("operation").value(anomaly.operation());
            json.name("callee").value(anomaly.callee());
            json.name("count").value(anomaly.count());
            json.name("trace").value(anomaly.trace());
            json.name("task").value(anomaly.task());
            json.name("value").value(anomaly.value());
            json.name("usual").value(anomaly.usual());
            json.name("score").value(anomaly.score());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private void diagnostic(Diagnostic diagnostic) {
        json.beginObject();
        json.name("code").value(diagnostic.code());
        json.name("message").value(diagnostic.message());
        json.name("line").value(diagnostic.line());
        json.endObject();
    }

    private void strings(String name, List<String> values) {
        json.name(name).beginArray();
        values.forEach(json::value);
        json.endArray();
    }
}
