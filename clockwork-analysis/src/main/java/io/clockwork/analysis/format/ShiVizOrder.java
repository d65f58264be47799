package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.internal.Counted;
import io.clockwork.record.EventKind;
import java.util.Arrays;

/** Adds the events of one execution to a log: tasks from their hosts, edges from what their clocks learned. */
final class ShiVizOrder {
    private static final int NONE = -1;

    private final ShiVizExecution events;
    private final Findings findings;
    private final ShiVizHosts hosts;

    /** For each event its number in the log. */
    private final int[] ids;
    /** For each host what the events of a task knew of it so far. */
    private final long[] known;
    /** The hosts that have a number in {@link #known}. */
    private final int[] knownHosts;

    private int knownSize;

    /** For each host what the clock at hand has of it; otherwise 0. */
    private final long[] current;

    ShiVizOrder(ShiVizExecution events, Findings findings) {
        this.events = events;
        this.findings = findings;
        hosts = new ShiVizHosts(events);
        ids = new int[events.size()];
        known = new long[events.hostCount()];
        knownHosts = new int[events.hostCount()];
        current = new long[events.hostCount()];
    }

    void addTo(EventLogBuilder log, int trace) {
        for (int h = 0; h < known.length; h++) {
            hosts.sort(h, findings);
        }
        addEvents(log, trace);
        for (int h = 0; h < known.length; h++) {
            for (int i = hosts.start(h); i < hosts.orderedEnd(h); i++) {
                if (i > hosts.start(h)) {
                    checkMemory(hosts.at(i - 1), hosts.at(i));
                }
                addEdges(hosts.at(i), log);
            }
            forget();
            for (int i = hosts.orderedEnd(h); i < hosts.end(h); i++) {
                int event = hosts.at(i);
                cause(hosts.lastUpTo(h, events.own(event) - 1), event, log);
                addEdges(event, log);
                forget();
            }
        }
    }

    /** In the order of the file, but that the events of a host stand in their places by their own order. */
    private void addEvents(EventLogBuilder log, int trace) {
        int[] tasks = new int[known.length];
        int[] next = new int[known.length];
        Arrays.fill(tasks, NONE);
        Arrays.setAll(next, hosts::start);
        for (int e = 0; e < ids.length; e++) {
            int host = events.host(e);
            String name = events.hostName(host);
            if (hosts.isApart(e)) {
                ids[e] = log.event(
                        log.task(trace, name, name + ":" + events.own(e)), EventKind.CUSTOM, events.subject(e));
            } else {
                if (tasks[host] == NONE) {
                    tasks[host] = log.task(trace, name, name);
                }
                int event = hosts.at(next[host]++);
                ids[event] = log.event(tasks[host], EventKind.CUSTOM, events.subject(event));
            }
        }
    }

    private void addEdges(int event, EventLogBuilder log) {
        for (int k = events.firstEntry(event); k < events.endOfEntries(event); k++) {
            int host = events.entryHost(k);
            long count = events.entryCount(k);
            check(event, host, count);
            boolean exists = count <= hosts.lastCount(host); // of what does not, nobody knows what came before it
            if (host != events.host(event) && exists && count > known[host]) {
                if (known[host] == 0) {
                    knownHosts[knownSize++] = host;
                }
                known[host] = count;
                cause(hosts.lastUpTo(host, count), event, log);
            }
        }
    }

    /** Tells of an event whose clock has less of another host than the clock of the event before it had. */
    private void checkMemory(int before, int event) {
        for (int k = events.firstEntry(event); k < events.endOfEntries(event); k++) {
            current[events.entryHost(k)] = events.entryCount(k);
        }
        int lost = NONE;
        for (int k = events.firstEntry(before); k < events.endOfEntries(before) && lost == NONE; k++) {
            int host = events.entryHost(k);
            boolean exists = events.entryCount(k) <= hosts.lastCount(host);
            if (exists && current[host] < events.entryCount(k)) {
                lost = host;
            }
        }
        if (lost != NONE && findings.wants("HISTORY_FORGOTTEN")) {
            findings.add(
                    "HISTORY_FORGOTTEN",
                    "the clock knows " + current[lost] + " events of host " + Excerpt.of(events.hostName(lost))
                            + ", fewer than the clock before it on host "
                            + Excerpt.of(events.hostName(events.host(event))),
                    events.line(event));
        }
        for (int k = events.firstEntry(event); k < events.endOfEntries(event); k++) {
            current[events.entryHost(k)] = 0;
        }
    }

    private void check(int event, int host, long count) {
        if (hosts.count(host) == 0) {
            if (findings.wants("UNKNOWN_HOST")) {
                findings.add(
                        "UNKNOWN_HOST",
                        "the clock knows " + Counted.of(count, "[event|events]") + " of host "
                                + Excerpt.of(events.hostName(host)) + ", which has none in the log",
                        events.line(event));
            }
        } else if (count > hosts.count(host) && findings.wants("TIME_OUT_OF_RANGE")) {
            findings.add(
                    "TIME_OUT_OF_RANGE",
                    "the clock knows " + Counted.of(count, "[event|events]") + " of host "
                            + Excerpt.of(events.hostName(host)) + ", which has " + hosts.count(host) + " in the log",
                    events.line(event));
        }
    }

    private void forget() {
        while (knownSize > 0) {
            known[knownHosts[--knownSize]] = 0;
        }
    }

    private void cause(int from, int to, EventLogBuilder log) {
        if (from != NONE) {
            log.causes(ids[from], ids[to]);
        }
    }
}
