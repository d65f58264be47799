package io.clockwork.analysis.html;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.record.EventKind;

/** Logs for pages: one with everything that a page shows, one with hostile texts, and long ones. */
final class PageLogs {
    static final String HOSTILE =
            "</script><img src=x onerror=\"document.title='broken'\">\u202Etxt.\u0007\u2028{{script}}";
    private final EventLogBuilder log = EventLog.builder();
    private long now = 1_700_000_000_000_000_000L;
    private long random = 1;
    private int lastRelease = -1;

    private PageLogs() {}

    /** A shop: calls over three services, a lost update, a deadlock that did not happen, a split step, a publication. */
    static EventLog shop() {
        PageLogs logs = new PageLogs();
        logs.checkout(logs.log.trace("checkout 1"), "1");
        logs.checkout(logs.log.trace("checkout 2"), "2");
        logs.transfers();
        logs.deadlock();
        logs.publication();
        return logs.log.build();
    }

    /** What is usual: checkouts of which none failed. */
    static EventLog checkouts() {
        PageLogs logs = new PageLogs();
        for (int i = 10; i < 40; i++) {
            logs.checkout(logs.log.trace("checkout " + i), Integer.toString(i));
        }
        return logs.log.build();
    }

    private int event(int task, EventKind kind, String subject) {
        int event = log.event(task, kind, subject);
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        now += 1 + (random >>> 43);
        log.nanos(event, now);
        log.site(event, kind.name().charAt(0) + subject.split("[ .-]", 2)[0] + ".java:" + subject.length());
        log.thread(event, "worker-" + task % 4);
        return event;
    }

    private void access(int task, EventKind kind, String variable, Object value) {
        log.value(event(task, kind, variable), value);
    }

    private int called(int trace, int caller, String service, String operation) {
        int sent = event(caller, EventKind.REQUEST, operation);
        int task = log.task(trace, service, service + "-" + sent);
        log.origin(task, sent, Link.CALL);
        event(task, EventKind.BEGIN, operation);
        return task;
    }

    private void checkout(int trace, String number) {
        int shop = log.task(trace, "shop", "shop-" + number);
        event(shop, EventKind.BEGIN, "POST /checkout");
        int stock = called(trace, shop, "stock", "reserve");
        locked(stock, "stock lock", "stock.apples", Integer.parseInt(number));
        event(stock, EventKind.END, "reserve");
        int bank = called(trace, shop, "bank", "charge");
        event(bank, EventKind.QUERY, "accounts");
        event(bank, EventKind.END, "charge");
        if (number.equals("2")) {
            log.error(bank);
        }
        event(shop, EventKind.END, "POST /checkout");
    }

    private void locked(int task, String lock, String variable, int value) {
        event(task, EventKind.BLOCK, lock);
        int acquired = event(task, EventKind.ACQUIRE, lock);
        if (lastRelease >= 0) {
            log.precedes(lastRelease, acquired);
        }
        access(task, EventKind.READ, variable, value);
        access(task, EventKind.WRITE, variable, value + 1);
        lastRelease = event(task, EventKind.RELEASE, lock);
    }

    private void transfers() {
        int trace = log.trace("two transfers");
        int main = log.task(trace, "bank", "main");
        event(main, EventKind.BEGIN, "POST /transfers");
        int[] tasks = new int[2];
        for (int i = 0; i < 2; i++) {
            int fork = event(main, EventKind.FORK, "transfer");
            tasks[i] = log.task(trace, "bank", "transfer-" + i);
            log.origin(tasks[i], fork, Link.FORK);
            event(tasks[i], EventKind.BEGIN, "transfer " + (i + 1) * 100);
        }
        access(tasks[0], EventKind.READ, "alice.balance", 1000);
        access(tasks[1], EventKind.READ, "alice.balance", 1000);
        access(tasks[0], EventKind.WRITE, "alice.balance", 900);
        access(tasks[1], EventKind.WRITE, "alice.balance", 800);
        for (int i = 0; i < 2; i++) {
            int end = event(tasks[i], EventKind.END, "transfer " + (i + 1) * 100);
            log.causes(end, event(main, EventKind.JOIN, "transfer"));
        }
        event(main, EventKind.END, "POST /transfers");
    }

    private void deadlock() {
        int trace = log.trace("two orders of locks");
        int[] releases = {-1, -1};
        String[] locks = {"left", "right"};
        for (int i = 0; i < 2; i++) {
            int task = log.task(trace, "shop", "philosopher " + i);
            int first = event(task, EventKind.ACQUIRE, locks[i]);
            int second = event(task, EventKind.ACQUIRE, locks[1 - i]);
            if (i == 1) {
                log.precedes(releases[1], first);
                log.precedes(releases[0], second);
            }
            releases[1 - i] = event(task, EventKind.RELEASE, locks[1 - i]);
            releases[i] = event(task, EventKind.RELEASE, locks[i]);
        }
    }

    private void publication() {
        int trace = log.trace("published");
        int writer = log.task(trace, "shop", "loader");
        int reader = log.task(trace, "shop", "handler");
        access(writer, EventKind.WRITE, "settings.size", 3);
        access(writer, EventKind.WRITE, "settings", "v2");
        access(reader, EventKind.READ, "settings", "v2");
        access(reader, EventKind.READ, "settings.size", 3);
    }

    /** Every text that can come from outside tries to be something else. */
    static EventLog hostile() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace(HOSTILE);
        for (int t = 0; t < 2; t++) {
            int task = log.task(trace, HOSTILE, HOSTILE);
            log.event(task, EventKind.BEGIN, HOSTILE);
            int acquire = log.event(task, EventKind.ACQUIRE, HOSTILE + t);
            int read = log.event(task, EventKind.READ, HOSTILE);
            log.value(read, HOSTILE);
            int write = log.event(task, EventKind.WRITE, HOSTILE);
            log.value(write, HOSTILE);
            log.event(task, EventKind.RELEASE, HOSTILE + t);
            int end = log.event(task, EventKind.END, HOSTILE);
            for (int event : new int[] {acquire, read, write, end}) {
                log.site(event, HOSTILE);
                log.thread(event, HOSTILE);
                log.nanos(event, event * 1000L);
            }
        }
        return log.build();
    }

    /** At least so many events: requests of a shop that call others, take a lock, and count in variables. */
    static EventLog requests(int events) {
        PageLogs logs = new PageLogs();
        String[] services = {"cart", "stock", "bank", "mail", "search"};
        for (int request = 0; logs.log.size() < events; request++) {
            int trace = logs.log.trace("request-" + Integer.toHexString(request * 0x9E3779B9));
            int shop = logs.log.task(trace, "shop", "span-" + Integer.toHexString(request * 0x85EBCA6B));
            logs.event(shop, EventKind.BEGIN, "GET /page/" + request % 40);
            for (int i = 0; i < 6; i++) {
                int task = logs.called(
                        trace, shop, services[(request + i) % services.length], "operation " + (request + i) % 60);
                logs.locked(task, "pool lock", "counter-" + (request + i) % 50, request);
                logs.event(task, EventKind.END, "operation " + (request + i) % 60);
            }
            logs.access(shop, EventKind.WRITE, "last.request", request);
            logs.event(shop, EventKind.END, "GET /page/" + request % 40);
        }
        return logs.log.build();
    }
}
