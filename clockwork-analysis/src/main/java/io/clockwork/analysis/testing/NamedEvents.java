package io.clockwork.analysis.testing;

import io.clockwork.analysis.EventLog;
import io.clockwork.record.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a log has by a name: an operation from its begin to its end, an event that is not an access, a task from its first event
 * to its last.
 *
 * @param name the name
 * @param first its first event
 * @param last its last event; of one event the same
 */
record NamedEvents(String name, int first, int last) {
    private static final int MAX_NAMES = 12;

    static NamedEvents event(EventLog log, int event) {
        return new NamedEvents("event " + event + " (" + Shown.name(log.subject(event)) + ")", event, event);
    }

    /** {@return what is called so; throws {@link AssertionError} unless it is one} */
    static NamedEvents find(EventLog log, String name) {
        List<NamedEvents> found = operations(log, name);
        if (found.isEmpty()) {
            found = events(log, name);
        }
        if (found.isEmpty()) {
            found = tasks(log, name);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new AssertionError(found.isEmpty() ? unknown(log, name) : ambiguous(log, name, found));
    }

    private static List<NamedEvents> operations(EventLog log, String name) {
        List<NamedEvents> found = new ArrayList<>();
        Map<Integer, Deque<Integer>> open = new HashMap<>();
        int[] lastOfTask = new int[log.taskCount()];
        for (int e = 0; e < log.size(); e++) {
            lastOfTask[log.task(e)] = e;
            EventKind kind = log.kind(e);
            if ((kind == EventKind.BEGIN || kind == EventKind.END)
                    && log.subject(e).equals(name)) {
                Deque<Integer> begun = open.computeIfAbsent(log.task(e), task -> new ArrayDeque<>());
                if (kind == EventKind.BEGIN) {
                    begun.push(e);
                } else if (!begun.isEmpty()) {
                    found.add(new NamedEvents(name, begun.pop(), e));
                }
            }
        }
        open.forEach(
                (task, begun) -> begun.forEach(begin -> found.add(new NamedEvents(name, begin, lastOfTask[task]))));
        found.sort((x, y) -> Integer.compare(x.first, y.first));
        return found;
    }

    private static List<NamedEvents> events(EventLog log, String name) {
        List<NamedEvents> found = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            if (isNamed(log.kind(e)) && log.subject(e).equals(name)) {
                found.add(new NamedEvents(name, e, e));
            }
        }
        return found;
    }

    /** Accesses and what is done to locks are left out: they are many of one name. */
    private static boolean isNamed(EventKind kind) {
        return switch (kind) {
            case FENCE, REQUEST, RESPONSE, SEND, RECEIVE, QUERY, RESULT, ERROR, CUSTOM -> true;
            default -> false;
        };
    }

    private static List<NamedEvents> tasks(EventLog log, String name) {
        Map<Integer, NamedEvents> found = new HashMap<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.taskName(log.task(e)).equals(name)) {
                NamedEvents one = new NamedEvents(name, e, e);
                found.merge(log.task(e), one, (all, last) -> new NamedEvents(name, all.first, last.last));
            }
        }
        List<NamedEvents> tasks = new ArrayList<>(found.values());
        tasks.sort((x, y) -> Integer.compare(x.first, y.first));
        return tasks;
    }

    private static String unknown(EventLog log, String name) {
        TreeSet<String> names = new TreeSet<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) == EventKind.BEGIN || isNamed(log.kind(e))) {
                names.add(log.subject(e));
            }
        }
        for (int task = 0; task < log.taskCount(); task++) {
            names.add(log.taskName(task));
        }
        StringBuilder message = new StringBuilder("no operation, event or task is called \"" + Shown.name(name) + "\"");
        String separator = "; there are ";
        for (String other : names.stream().limit(MAX_NAMES).toList()) {
            message.append(separator).append('"').append(Shown.name(other)).append('"');
            separator = ", ";
        }
        if (names.size() > MAX_NAMES) {
            message.append(" and ").append(names.size() - MAX_NAMES).append(" more");
        }
        return message.toString();
    }

    private static String ambiguous(EventLog log, String name, List<NamedEvents> found) {
        StringBuilder message = new StringBuilder(
                found.size() + " are called \"" + Shown.name(name) + "\"; say which by the number of its event:\n");
        for (NamedEvents one : found.stream().limit(MAX_NAMES).toList()) {
            message.append("  ").append(one.describe(log)).append('\n');
        }
        if (found.size() > MAX_NAMES) {
            message.append("  ... and ").append(found.size() - MAX_NAMES).append(" more\n");
        }
        return message.toString();
    }

    /** {@return which events of which task it is, where} */
    String describe(EventLog log) {
        String events = first == last ? "event " + first : "events " + first + " to " + last;
        String thread = log.thread(first).isEmpty() ? "" : ", thread " + Shown.name(log.thread(first));
        return events + " of " + task(log, first) + thread + site(log, first);
    }

    static String task(EventLog log, int event) {
        int task = log.task(event);
        return "task " + task + " \"" + Shown.name(log.taskName(task)) + '"';
    }

    static String site(EventLog log, int event) {
        return log.site(event).isEmpty() ? "" : ", at " + Shown.name(log.site(event));
    }
}
