package io.clockwork.analysis.testing;

import io.clockwork.CausalityRelation;
import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.CausalStep;
import io.clockwork.analysis.EventLog;
import io.clockwork.record.EventKind;
import java.util.List;
import java.util.Locale;

/** How two named things of a log relate, and why. */
final class LogOrder {
    private static final int MAX_STEPS = 12;

    private final EventLog log;
    private final CausalGraph graph;

    LogOrder(EventLog log) {
        this.log = log;
        graph = CausalGraph.of(log);
    }

    void require(CausalityRelation expected, NamedEvents a, NamedEvents b) {
        boolean met = switch (expected) {
            case HAPPENS_BEFORE -> precedes(a, b);
            case HAPPENS_AFTER -> precedes(b, a);
            default -> !precedes(a, b) && !precedes(b, a) && !encloses(a, b) && !encloses(b, a);
        };
        if (!met) {
            throw new AssertionError(message(expected, a, b));
        }
    }

    /** {@return whether all of {@code a} happened before all of {@code b}} */
    private boolean precedes(NamedEvents a, NamedEvents b) {
        return graph.happensBefore(a.last(), b.first());
    }

    private boolean encloses(NamedEvents a, NamedEvents b) {
        return isUpTo(a.first(), b.first()) && isUpTo(b.last(), a.last());
    }

    private boolean isUpTo(int a, int b) {
        return a == b || graph.happensBefore(a, b);
    }

    private String message(CausalityRelation expected, NamedEvents a, NamedEvents b) {
        String nameA = Shown.name(a.name());
        String nameB = Shown.name(b.name());
        String wanted = switch (expected) {
            case HAPPENS_BEFORE -> nameA + " to happen before " + nameB;
            case HAPPENS_AFTER -> nameA + " to happen after " + nameB;
            default -> nameA + " and " + nameB + " to be concurrent";
        };
        StringBuilder out = new StringBuilder("expected " + wanted + ", but " + found(a, b) + ".\n");
        int width = Math.max(nameA.length(), nameB.length()) + 1;
        out.append("  ")
                .append(Shown.padded(nameA + ':', width))
                .append(' ')
                .append(a.describe(log))
                .append('\n');
        out.append("  ")
                .append(Shown.padded(nameB + ':', width))
                .append(' ')
                .append(b.describe(log))
                .append('\n');
        if (precedes(a, b)) {
            path(out, a, b);
        } else if (precedes(b, a)) {
            path(out, b, a);
        } else if (expected == CausalityRelation.HAPPENS_AFTER) {
            lastCommonCause(out, b, a);
        } else {
            lastCommonCause(out, a, b);
        }
        return out.toString();
    }

    private String found(NamedEvents a, NamedEvents b) {
        String nameA = Shown.name(a.name());
        String nameB = Shown.name(b.name());
        if (a.first() == b.first() && a.last() == b.last()) {
            return "they are the same";
        }
        if (precedes(a, b)) {
            return nameA + " happened before " + nameB + inThisRun(a, b);
        }
        if (precedes(b, a)) {
            return nameB + " happened before " + nameA + inThisRun(b, a);
        }
        if (encloses(a, b)) {
            return nameB + " is a part of " + nameA;
        }
        return encloses(b, a) ? nameA + " is a part of " + nameB : "nothing orders them: they are concurrent";
    }

    private String inThisRun(NamedEvents a, NamedEvents b) {
        return graph.causes(a.last(), b.first())
                ? ""
                : " in this run, by sync that may go the other way in another one";
    }

    private void path(StringBuilder out, NamedEvents from, NamedEvents to) {
        List<CausalStep> path = graph.path(from.last(), to.first());
        out.append("How ").append(Shown.name(from.name())).append(" led to ");
        out.append(Shown.name(to.name())).append(":\n");
        out.append("  ").append(describe(from.last())).append('\n');
        for (CausalStep step : path.stream().limit(MAX_STEPS).toList()) {
            String via = switch (step.via()) {
                case TASK -> "then";
                case CAUSE -> "led to";
                case SYNC ->
                    log.kind(step.to()) == EventKind.RESUME
                            ? "was in this run on the same thread before"
                            : "was in this run before";
            };
            out.append("  ").append(via).append(' ').append(describe(step.to())).append('\n');
        }
        if (path.size() > MAX_STEPS) {
            out.append("  ... ")
                    .append(Shown.count(path.size() - MAX_STEPS, "more step"))
                    .append('\n');
        }
    }

    private void lastCommonCause(StringBuilder out, NamedEvents from, NamedEvents to) {
        int cause = lastCommon(from.last(), to.first());
        if (cause < 0) {
            out.append("They have no common cause.\n");
        } else {
            out.append("Last common cause: ").append(describe(cause)).append('\n');
        }
        out.append("No fork, join, message or lock leads from the end of ");
        out.append(Shown.name(from.name())).append(" to the begin of ");
        out.append(Shown.name(to.name())).append(".\n");
    }

    /** {@return the last event that is in both pasts, or -1; on each chain that is the last that one of them knows} */
    private int lastCommon(int a, int b) {
        int last = -1;
        for (int event : graph.frontier(a)) {
            last = isUpTo(event, b) ? Math.max(last, event) : last;
        }
        for (int event : graph.frontier(b)) {
            last = isUpTo(event, a) ? Math.max(last, event) : last;
        }
        return last;
    }

    private String describe(int event) {
        String kind = log.kind(event).name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String subject = log.subject(event).isEmpty() ? "" : ' ' + Shown.name(log.subject(event));
        return kind + subject + " in " + NamedEvents.task(log, event) + NamedEvents.site(log, event);
    }
}
