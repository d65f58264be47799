package io.clockwork.analysis;

import io.clockwork.analysis.Anomaly.Severity;
import io.clockwork.analysis.TextPage.Ink;
import java.util.List;
import java.util.Locale;

/** Renders what is unusual by a baseline. */
final class AnomaliesText {
    private static final int MAX_ANOMALIES = 20;

    private final TextPage page;

    AnomaliesText(TextPage page) {
        this.page = page;
    }

    static String words(Anomaly anomaly) {
        return CriticalPath.nameOf(anomaly.service(), anomaly.operation()) + " is "
                + anomaly.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Where no baseline was given, nothing was judged. */
    void render(Anomalies anomalies) {
        if (anomalies.judged() + anomalies.unjudged() == 0) {
            return;
        }
        List<Anomaly> all = anomalies.anomalies();
        page.heading(all.isEmpty() ? "NO ANOMALIES" : "ANOMALIES", all.isEmpty() ? "" : counts(all));
        for (Anomaly anomaly : all.subList(0, Math.min(all.size(), MAX_ANOMALIES))) {
            renderAnomaly(anomaly);
        }
        page.more(all.size() - MAX_ANOMALIES, "anomaly");
        page.paragraph(TextPage.count(anomalies.judged(), "run") + " judged"
                + (anomalies.unjudged() == 0
                        ? ""
                        : ", " + anomalies.unjudged() + " not: too few of their operation are known"));
    }

    private static String counts(List<Anomaly> all) {
        StringBuilder counts = new StringBuilder();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.MINOR)) {
            long number = all.stream()
                    .filter(anomaly -> anomaly.severity() == severity)
                    .count();
            counts.append(counts.length() == 0 ? "" : ", ").append(number).append(' ');
            counts.append(severity.name().toLowerCase(Locale.ROOT));
        }
        return counts.toString();
    }

    private void renderAnomaly(Anomaly anomaly) {
        String kind = TextPage.pad(anomaly.kind().name().replace('_', ' '), 13);
        page.line("   " + kind
                + page.paint(Ink.STRONG, page.fit(CriticalPath.nameOf(anomaly.service(), anomaly.operation()), 36))
                + "   " + severity(anomaly.severity()) + TextPage.seen(anomaly.count()));
        page.paragraph("      ", explain(anomaly));
        String trace = anomaly.trace().isEmpty() ? "" : "trace " + page.fit(anomaly.trace(), 32) + ", ";
        page.line("      " + page.paint(Ink.FAINT, trace + "task " + page.fit(anomaly.task(), 24)));
    }

    private String severity(Severity severity) {
        return page.paint(
                switch (severity) {
                    case CRITICAL -> Ink.BAD;
                    case WARNING -> Ink.UNSURE;
                    case MINOR -> Ink.MILD;
                },
                severity.name());
    }

    private String explain(Anomaly anomaly) {
        String callee = page.fit(anomaly.callee(), 48);
        return switch (anomaly.kind()) {
            case SLOW, FAST ->
                page.duration(anomaly.value()) + " by itself, usually " + page.duration(anomaly.usual())
                        + (callee.isEmpty() ? "" : ", waiting for " + callee);
            case ERROR -> "failed; " + TextPage.count(anomaly.usual(), "run") + " failed before";
            case MISSING_CALL -> "did not call " + callee + ", as it always did";
            case UNSEEN_EDGE -> "called " + callee + ", which its service never did";
            case RETRY_STORM -> often(anomaly, callee) + "; some of the calls failed";
            case FAN_OUT -> often(anomaly, callee);
        };
    }

    private static String often(Anomaly anomaly, String callee) {
        return "called " + callee + ' ' + TextPage.count(anomaly.value(), "time") + ", before at most "
                + anomaly.usual();
    }
}
