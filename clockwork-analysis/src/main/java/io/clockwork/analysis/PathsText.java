package io.clockwork.analysis;

import io.clockwork.analysis.ServiceGraph.Calls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders what a report has of completion paths, services and locks. */
final class PathsText {
    private static final int MAX_CALLS = 20;
    private static final int MAX_LOCKS = 10;
    private static final int MAX_WAITERS = 3;

    private final TextReport out;
    private final Report report;

    PathsText(TextReport out, Report report) {
        this.out = out;
        this.report = report;
    }

    void render() {
        out.renderCriticalPaths("COMPLETION PATH", completions());
        renderCalls();
        renderLocks();
    }

    /** {@return the completion paths that say more than the response path of the same trace: those that are longer} */
    private List<CriticalPath> completions() {
        Map<String, Long> longest = new HashMap<>();
        report.criticalPaths().forEach(path -> longest.merge(path.trace(), path.elapsedNanos(), Math::max));
        List<CriticalPath> more = new ArrayList<>();
        for (CriticalPath path : report.completionPaths()) {
            if (longest.containsKey(path.trace()) && path.elapsedNanos() > longest.get(path.trace())) {
                more.add(path);
            }
        }
        return more;
    }

    private void renderCalls() {
        List<Calls> calls = report.services().calls();
        if (calls.isEmpty()) {
            return;
        }
        out.heading("CALLS BETWEEN SERVICES");
        for (Calls edge : calls.subList(0, Math.min(MAX_CALLS, calls.size()))) {
            String errors = edge.errors() == 0 ? "" : ", " + TextReport.count(edge.errors(), "error");
            String inferred = edge.inferred() == 0 ? "" : ", " + edge.inferred() + " inferred";
            out.line("   " + TextReport.clean(edge.caller()) + " -> " + TextReport.clean(edge.callee()));
            out.line("      " + TextReport.count(edge.count(), "call") + errors + inferred + latency(edge)
                    + String.format(Locale.ROOT, ", %.1f%% of the paths", edge.pathShare() * 100));
        }
        more(calls.size() - MAX_CALLS, "edge");
    }

    private static String latency(Calls edge) {
        ServiceGraph.Latency times = edge.calleeSide().count() > 0 ? edge.calleeSide() : edge.callerSide();
        return times.count() == 0
                ? ""
                : ", median " + TextReport.duration(times.median()) + ", 99% " + TextReport.duration(times.p99());
    }

    private void renderLocks() {
        List<LockContention> waitedFor =
                report.contention().stream().filter(lock -> lock.waits() > 0).toList();
        if (waitedFor.isEmpty()) {
            return;
        }
        out.heading("WAITED FOR");
        for (LockContention lock : waitedFor.subList(0, Math.min(MAX_LOCKS, waitedFor.size()))) {
            out.line("   " + TextReport.clean(lock.lock()) + ": " + TextReport.count(lock.waits(), "wait") + " of "
                    + TextReport.duration(lock.waitNanos()) + ", longest "
                    + TextReport.duration(lock.longestWaitNanos()));
            out.line("      at most " + TextReport.count(lock.mostWaiting(), "task") + " at once, "
                    + TextReport.count(lock.convoys(), "convoy") + ", " + lock.givenUp() + " given up");
            for (LockContention.Wait wait : lock.waiters()
                    .subList(0, Math.min(MAX_WAITERS, lock.waiters().size()))) {
                String holder = wait.holder().isEmpty() ? "" : " for " + TextReport.clean(wait.holder());
                out.line("      " + TextReport.clean(wait.waiter()) + holder + ": " + TextReport.duration(wait.nanos())
                        + (wait.site().isEmpty() ? "" : "   " + TextReport.clean(wait.site())));
            }
        }
        more(waitedFor.size() - MAX_LOCKS, "lock");
    }

    private void more(int number, String noun) {
        if (number > 0) {
            out.line("   ... and " + TextReport.count(number, "more " + noun) + " (--json has all)");
        }
    }
}
