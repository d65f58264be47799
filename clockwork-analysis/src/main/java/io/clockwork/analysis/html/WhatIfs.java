package io.clockwork.analysis.html;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.PathProfile;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.WhatIf;
import io.clockwork.json.stream.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page can tell of faster and slower operations: those with the most time of their own on the paths. */
final class WhatIfs {
    private static final List<Double> FACTORS = List.of(0.0, 0.5, 2.0);
    private static final int MAX_OPERATIONS = 12;
    /** How many roots are answered for one by one; all of them are in the sums. */
    private static final int MAX_ROOTS = 200;
    /** How many events may be replayed, all answers together. */
    private static final int BUDGET = 2_000_000;

    private final EventLog log;
    private final Report report;

    WhatIfs(EventLog log, Report report) {
        this.log = log;
        this.report = report;
    }

    private record Operation(String service, String name) {}

    void write(JsonWriter json, Columns columns, Texts texts) {
        json.name("whatIf").beginArray();
        for (Operation operation : operations()) {
            for (double factor : FACTORS) {
                List<WhatIf> answers = WhatIf.of(log, operation.service(), operation.name(), factor);
                int shown = Math.min(MAX_ROOTS, answers.size());
                json.beginObject();
                json.name("service").value(texts.numberOf(operation.service()));
                json.name("operation").value(texts.numberOf(operation.name()));
                json.name("factor").value(factor);
                json.name("nanos")
                        .value(answers.stream().mapToLong(WhatIf::nanos).sum());
                json.name("ifInOrder")
                        .value(answers.stream().mapToLong(WhatIf::ifInOrder).sum());
                json.name("ifIndependent")
                        .value(answers.stream().mapToLong(WhatIf::ifIndependent).sum());
                json.name("size").value(shown);
                columns.numbers(
                        "inOrder",
                        shown,
                        i -> answers.get(i).ifInOrder() - answers.get(i).nanos());
                columns.numbers(
                        "independent",
                        shown,
                        i -> answers.get(i).ifIndependent() - answers.get(i).nanos());
                json.endObject();
            }
        }
        json.endArray();
    }

    private List<Operation> operations() {
        Map<Operation, Long> own = new LinkedHashMap<>();
        for (PathProfile.Frame frame : report.profile().frames()) {
            own.merge(new Operation(frame.service(), frame.operation()), frame.selfNanos(), Long::sum);
        }
        int affordable = BUDGET / FACTORS.size() / Math.max(1, log.size());
        return own.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<Operation, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().service())
                        .thenComparing(entry -> entry.getKey().name()))
                .limit(Math.max(1, Math.min(MAX_OPERATIONS, affordable)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
