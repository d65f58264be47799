package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.EventLog;
import io.clockwork.record.MemoryOrder;

/** All that is known of one event; Enter on a cause goes there. */
final class EventPage {
    private static final int MAX_CAUSES = 1_000;

    private final Snapshot snapshot;
    private final EventLog log;
    private final Pen pen;

    EventPage(Snapshot snapshot, Pen pen) {
        this.snapshot = snapshot;
        log = snapshot.log;
        this.pen = pen;
    }

    Page of(int event) {
        Rows.Builder rows = new Rows.Builder(pen);
        int task = log.task(event);
        Object value = log.value(event);
        boolean access = Snapshot.isAccess(log, event);
        rows.pair(EventsPage.kind(log, event), log.subject(event), access ? Place.trail(log.subject(event)) : null);
        rows.pair("value", value == null ? "" : value.toString());
        rows.pair("site", log.site(event));
        rows.pair("task", snapshot.taskName(task) + ", event " + log.sequence(event) + " of it");
        rows.pair("where", place(event, task));
        rows.pair("trace", snapshot.traceName(log.trace(task)), Place.of(Kind.TREE, log.trace(task)));
        if (log.isTimed()) {
            rows.pair("time", pen.duration(log.nanos(event) - snapshot.start) + " after the log's first event");
        }
        MemoryOrder order = log.order(event);
        rows.pair("order", order == null ? "" : order.name());
        int previous = previous(event);
        if (previous >= 0) {
            rows.pair("before it", words(previous), Place.of(Kind.EVENT, previous));
        }
        int causes = log.causeCount(event);
        for (int i = 0; i < Math.min(causes, MAX_CAUSES); i++) {
            int cause = log.cause(event, i);
            rows.pair(log.isSync(event, i) ? "after (sync)" : "caused by", words(cause), Place.of(Kind.EVENT, cause));
        }
        if (causes > MAX_CAUSES) {
            rows.pair("", "and " + (causes - MAX_CAUSES) + " more causes");
        }
        int next = next(event);
        if (next >= 0) {
            rows.pair("after it", words(next), Place.of(Kind.EVENT, next));
        }
        return rows.build("Event #" + event);
    }

    private String place(int event, int task) {
        String thread = log.thread(event);
        String service = log.service(task);
        return thread.isEmpty() ? service : (service.isEmpty() ? "" : service + ", ") + "thread " + thread;
    }

    private String words(int event) {
        return "#" + event + " " + EventsPage.kind(log, event) + " " + log.subject(event) + " in task "
                + log.task(event);
    }

    private int previous(int event) {
        if (log.sequence(event) <= 1) {
            return -1;
        }
        int e = event - 1;
        while (e >= 0 && log.task(e) != log.task(event)) {
            e--;
        }
        return e;
    }

    private int next(int event) {
        int e = event + 1;
        while (e < log.size() && log.task(e) != log.task(event)) {
            e++;
        }
        return e < log.size() ? e : -1;
    }
}
