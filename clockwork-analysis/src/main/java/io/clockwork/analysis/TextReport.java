package io.clockwork.analysis;

import io.clockwork.analysis.TextPage.Ink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders a report as text of 80 columns, the surest findings first, and last what is not known. */
final class TextReport {
    private static final int MAX_VARIABLES = 40;
    private static final int MAX_ORDERS = 10;
    private static final int MAX_DIAGNOSTICS = 5;

    private final Report report;
    private final TextPage page;

    TextReport(Report report, TextStyle style) {
        this.report = report;
        page = new TextPage(style);
    }

    String render() {
        page.paragraph("", page.paint(Ink.STRONG, page.safe(Summary.of(report, page.ascii()))));
        page.line(page.paint(Ink.FAINT, counts()));
        new RacesText(page, report).render();
        FindingsText findings = new FindingsText(page, report);
        findings.render();
        new AnomaliesText(page).render(report.anomalies());
        renderVariables();
        renderOrders();
        new PathsText(page, report).render();
        findings.renderSuppressed();
        renderDiagnostics();
        return page.text();
    }

    private String counts() {
        String counts = TextPage.count(report.events(), "event") + ", " + TextPage.count(report.tasks(), "task") + ", "
                + TextPage.count(report.traces(), "trace");
        int unknown = report.diagnostics().size();
        return unknown == 0 ? counts : counts + "; " + TextPage.count(unknown, "note") + " at the end";
    }

    private void renderVariables() {
        List<SharedVariable> quiet = report.variables().stream()
                .filter(variable -> variable.races() == 0)
                .toList();
        if (quiet.isEmpty()) {
            return;
        }
        page.heading("SHARED WITHOUT A RACE");
        for (SharedVariable variable : quiet.subList(0, Math.min(quiet.size(), MAX_VARIABLES))) {
            String order = variable.commonLocks().isEmpty()
                    ? "ordered by forks, joins, messages and locks"
                    : "ordered by the " + (variable.commonLocks().size() > 1 ? "locks " : "lock ")
                            + page.safe(String.join(", ", variable.commonLocks())) + ", held at every access";
            page.line("   " + page.fit(variable.name(), 40) + ": " + TextPage.count(variable.accesses(), "access")
                    + " by " + TextPage.count(variable.tasks(), "task"));
            page.paragraph("      ", order);
        }
        page.more(quiet.size() - MAX_VARIABLES, "variable");
    }

    private void renderOrders() {
        List<CausalOrder> orders = report.orders();
        if (orders.isEmpty()) {
            return;
        }
        page.heading("CAUSAL ORDER");
        for (CausalOrder order : orders.subList(0, Math.min(orders.size(), MAX_ORDERS))) {
            String name = order.trace().isEmpty() ? "" : page.fit(order.trace(), 40) + ": ";
            page.line("   " + name + TextPage.count(order.hosts(), "host") + ", "
                    + TextPage.count(order.events(), "event"));
            page.line("      " + TextPage.count(order.concurrentPairs(), "concurrent pair") + ", longest chain "
                    + order.longestChain());
        }
        page.more(orders.size() - MAX_ORDERS, "trace");
    }

    /** Of each code the first few: a damaged log may have one note a line. */
    private void renderDiagnostics() {
        if (report.diagnostics().isEmpty()) {
            return;
        }
        page.heading("WHAT IS NOT KNOWN");
        Map<String, List<Diagnostic>> byCode = report.diagnostics().stream()
                .collect(Collectors.groupingBy(Diagnostic::code, LinkedHashMap::new, Collectors.toList()));
        byCode.forEach((code, notes) -> {
            notes.subList(0, Math.min(notes.size(), MAX_DIAGNOSTICS))
                    .forEach(note -> page.paragraph(page.safe(note.toString())));
            if (notes.size() > MAX_DIAGNOSTICS) {
                page.line("   ... and " + (notes.size() - MAX_DIAGNOSTICS) + " more of " + page.safe(code)
                        + " (--json has all)");
            }
        });
    }
}
