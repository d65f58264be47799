package io.clockwork.analysis;

import io.clockwork.analysis.ServiceGraph.Calls;
import io.clockwork.analysis.TextPage.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders what a report has of paths, services and locks. */
final class PathsText {
    private static final int MAX_PATHS = 3;
    private static final int MAX_OPERATIONS = 12;
    private static final int MAX_CALLS = 20;
    private static final int MAX_LOCKS = 10;
    private static final int MAX_WAITERS = 3;

    private final TextPage page;
    private final Report report;

    PathsText(TextPage page, Report report) {
        this.page = page;
        this.report = report;
    }

    void render() {
        renderProfile();
        renderPaths("CRITICAL PATH", report.criticalPaths());
        renderPaths("COMPLETION PATH", completions());
        renderCalls();
        renderLocks();
    }

    /** Of several requests first what they have in common. */
    private void renderProfile() {
        PathProfile profile = report.profile();
        if (profile.paths() < 2 || profile.elapsedNanos() == 0) {
            return;
        }
        page.heading(
                "CRITICAL PATHS",
                TextPage.count(profile.paths(), "request") + "   " + page.duration(profile.elapsedNanos()));
        new Bars(page, profile.elapsedNanos()).operations(profile.operations(), MAX_OPERATIONS);
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

    /** Of many the longest; those are what one asks about first. */
    private void renderPaths(String title, List<CriticalPath> all) {
        List<CriticalPath> paths = new ArrayList<>(all);
        if (paths.size() > MAX_PATHS) {
            paths.sort(Comparator.comparingLong(CriticalPath::elapsedNanos).reversed());
        }
        for (CriticalPath path : paths.subList(0, Math.min(paths.size(), MAX_PATHS))) {
            page.heading(title, page.fit(path.operation(), 40) + "   " + page.duration(path.elapsedNanos()));
            new Bars(page, path.elapsedNanos()).path(path);
            path.warnings().forEach(warning -> page.paragraph("! " + page.safe(warning)));
        }
        if (paths.size() > MAX_PATHS) {
            page.line("");
            page.more(paths.size() - MAX_PATHS, title.toLowerCase(Locale.ROOT));
        }
    }

    private void renderCalls() {
        List<Calls> calls = new ArrayList<>(report.services().calls());
        if (calls.isEmpty()) {
            return;
        }
        calls.sort(Comparator.comparingDouble(Calls::pathShare)
                .thenComparingLong(Calls::count)
                .reversed());
        page.heading("CALLS BETWEEN SERVICES");
        for (Calls edge : calls.subList(0, Math.min(MAX_CALLS, calls.size()))) {
            String errors =
                    edge.errors() == 0 ? "" : ", " + page.paint(Ink.BAD, TextPage.count(edge.errors(), "error"));
            String inferred = edge.inferred() == 0 ? "" : ", " + edge.inferred() + " inferred";
            page.line("   " + page.fit(edge.caller(), 36) + page.symbol(" \u2192 ", " -> ")
                    + page.fit(edge.callee(), 36));
            page.line("      " + TextPage.count(edge.count(), "call") + errors + inferred + latency(edge)
                    + String.format(Locale.ROOT, ", %.1f%% of the paths", edge.pathShare() * 100));
        }
        page.more(calls.size() - MAX_CALLS, "edge");
    }

    private String latency(Calls edge) {
        ServiceGraph.Latency times = edge.calleeSide().count() > 0 ? edge.calleeSide() : edge.callerSide();
        return times.count() == 0
                ? ""
                : ", median " + page.duration(times.median()) + ", 99% " + page.duration(times.p99());
    }

    private void renderLocks() {
        List<LockContention> waitedFor =
                report.contention().stream().filter(lock -> lock.waits() > 0).toList();
        if (waitedFor.isEmpty()) {
            return;
        }
        page.heading("WAITED FOR");
        for (LockContention lock : waitedFor.subList(0, Math.min(MAX_LOCKS, waitedFor.size()))) {
            page.line("   " + page.fit(lock.lock(), 32) + ": " + TextPage.count(lock.waits(), "wait") + " of "
                    + page.duration(lock.waitNanos()) + ", longest " + page.duration(lock.longestWaitNanos()));
            page.line("      at most " + TextPage.count(lock.mostWaiting(), "task") + " at once, "
                    + TextPage.count(lock.convoys(), "convoy") + ", " + lock.givenUp() + " given up");
            for (LockContention.Wait wait : lock.waiters()
                    .subList(0, Math.min(MAX_WAITERS, lock.waiters().size()))) {
                String holder = wait.holder().isEmpty() ? "" : " for " + page.fit(wait.holder(), 20);
                page.line("      " + page.fit(wait.waiter(), 20) + holder + ": " + page.duration(wait.nanos()) + "   "
                        + page.paint(Ink.FAINT, page.fit(wait.site(), 20)));
            }
        }
        page.more(waitedFor.size() - MAX_LOCKS, "lock");
    }
}
