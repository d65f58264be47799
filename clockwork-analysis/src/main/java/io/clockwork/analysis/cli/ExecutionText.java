package io.clockwork.analysis.cli;

import io.clockwork.CausalityRelation;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.ExecutionDifference;
import io.clockwork.analysis.ExecutionDifference.Event;
import io.clockwork.analysis.ExecutionDifference.Order;
import io.clockwork.analysis.Motif;
import io.clockwork.analysis.Motifs;
import io.clockwork.analysis.TextStyle;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What logs have that tell what happened and in which order, but not when: patterns of messages, and how two differ. */
final class ExecutionText {
    private static final int WIDTH = 76;
    private static final int MAX_LINES = 10;
    private static final int MIN_FAN = 2;
    private static final int MAX_GAP = 5;
    private static final String NOTES = "WHAT IS NOT KNOWN";

    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();

    private ExecutionText(TextStyle style) {
        this.style = style;
    }

    /** {@return a report's text with how many patterns of messages its log has, before the notes at its end} */
    static String withPatterns(String report, EventLog log, TextStyle style) {
        Motifs motifs = Motifs.of(log);
        ExecutionText text = new ExecutionText(style);
        List<String> lines = new ArrayList<>();
        count(lines, motifs.requestResponses(), "request with its answer", "requests with their answers");
        count(
                lines,
                motifs.broadcasts(MIN_FAN, MAX_GAP),
                "broadcast to 2 hosts or more",
                "broadcasts to 2 hosts or more");
        count(lines, motifs.gathers(MIN_FAN, MAX_GAP), "gather from 2 hosts or more", "gathers from 2 hosts or more");
        text.section("PATTERNS OF MESSAGES", lines);
        int notes = report.lastIndexOf(NOTES);
        int at = notes < 0 ? report.length() : report.lastIndexOf("\n\n", notes) + 1;
        return report.substring(0, at) + text.out + report.substring(at);
    }

    private static void count(List<String> lines, List<Motif> found, String one, String several) {
        if (!found.isEmpty()) {
            lines.add(found.size() + " " + (found.size() == 1 ? one : several));
        }
    }

    /** {@return how two executions differ} */
    static String difference(EventLog before, EventLog after, TextStyle style) {
        ExecutionDifference difference = ExecutionDifference.of(before, after);
        ExecutionText text = new ExecutionText(style);
        text.out.append(
                difference.isEmpty()
                        ? "Both have the same events on the same hosts, in the same causal order.\n"
                        : "They differ in who took part, what happened, or in which order.\n");
        text.out
                .append(before.size())
                .append(" events before, ")
                .append(after.size())
                .append(" events after\n");
        text.section("HOSTS ONLY BEFORE", difference.hostsOnlyBefore());
        text.section("HOSTS ONLY AFTER", difference.hostsOnlyAfter());
        text.section("ONLY BEFORE", events(difference.onlyBefore()));
        text.section("ONLY AFTER", events(difference.onlyAfter()));
        text.section("IN THIS ORDER ONLY BEFORE", text.orders(difference.ordersOnlyBefore(), before));
        text.section("IN THIS ORDER ONLY AFTER", text.orders(difference.ordersOnlyAfter(), after));
        return text.out.toString();
    }

    private static List<String> events(List<Event> events) {
        return events.stream()
                .map(event -> event.host() + ": " + event.text() + (event.isNew() ? "" : " (once more)"))
                .toList();
    }

    private List<String> orders(List<Order> orders, EventLog log) {
        List<String> lines = new ArrayList<>();
        for (Order order : orders) {
            String elsewhere = order.elsewhere() == CausalityRelation.CONCURRENT ? "concurrent" : "the other way round";
            lines.add(event(order.from(), log) + (style.ascii() ? " -> " : " \u2192 ") + event(order.to(), log)
                    + ", else " + elsewhere);
        }
        return lines;
    }

    private static String event(int event, EventLog log) {
        EventKind kind = log.kind(event);
        String what = kind == EventKind.CUSTOM ? "" : kind.name().toLowerCase(Locale.ROOT) + ' ';
        return cut(log.taskName(log.task(event)) + ": " + what + log.subject(event), WIDTH / 2 - 14);
    }

    private void section(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.append('\n').append(title).append('\n');
        for (String line : lines.subList(0, Math.min(lines.size(), MAX_LINES))) {
            out.append("   ").append(cut(style.clean(line), WIDTH)).append('\n');
        }
        if (lines.size() > MAX_LINES) {
            out.append("   ... and ").append(lines.size() - MAX_LINES).append(" more\n");
        }
    }

    private static String cut(String text, int width) {
        return text.codePointCount(0, text.length()) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, width - 3)) + "...";
    }
}
