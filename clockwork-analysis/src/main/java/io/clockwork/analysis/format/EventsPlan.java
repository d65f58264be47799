package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Link;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the edges of a log become causes that recorded events can name, within and across services.
 *
 * <p>An edge for which there is no such cause becomes two further events: a message that is sent right after its cause and
 * received right before its effect or, for an order that only the run had, an element that is put into a queue and taken out.
 * So all other events are ordered as before.
 */
final class EventsPlan {
    private static final int NONE = -1;

    final EventLog log;
    private final Losses losses;
    /** Services in the order of their first tasks; each is a run of its own. */
    final Map<String, Integer> runs = new LinkedHashMap<>();
    /** Per task its run and its number there. */
    final int[] runOf;

    final int[] numberInRun;
    /** Per event the event that it names as its cause, or -1. */
    final int[] causes;

    final int[] sequences;
    private final List<@Nullable List<Extra>> before = new ArrayList<>();
    private final List<@Nullable List<Extra>> after = new ArrayList<>();
    private final boolean[] originTold;
    private long messages;

    /** An event that stands for half of an edge. */
    static final class Extra {
        final EventKind kind;
        final String subject;
        final String message;
        /** The other half that it names as its cause. */
        final @Nullable Extra cause;

        final int task;
        int sequence;

        Extra(EventKind kind, String subject, String message, @Nullable Extra cause, int task) {
            this.kind = kind;
            this.subject = subject;
            this.message = message;
            this.cause = cause;
            this.task = task;
        }
    }

    /** @param traceIds per trace its id, 32 hexadecimal digits */
    EventsPlan(EventLog log, List<String> traceIds, Losses losses) {
        this.log = log;
        this.losses = losses;
        runOf = new int[log.taskCount()];
        numberInRun = new int[log.taskCount()];
        causes = new int[log.size()];
        sequences = new int[log.size()];
        originTold = new boolean[log.taskCount()];
        Arrays.fill(causes, NONE);
        for (int e = 0; e < log.size(); e++) {
            before.add(null);
            after.add(null);
        }
        for (int task = 0; task < runOf.length; task++) {
            runs.putIfAbsent(log.service(task), runs.size());
            runOf[task] = runs.getOrDefault(log.service(task), 0);
        }
        for (int e = 0; e < causes.length; e++) {
            planOrigin(e, traceIds);
            planEdges(e);
        }
        number();
    }

    List<Extra> before(int event) {
        List<Extra> extras = before.get(event);
        return extras == null ? List.of() : extras;
    }

    List<Extra> after(int event) {
        List<Extra> extras = after.get(event);
        return extras == null ? List.of() : extras;
    }

    /** {@return the event that set a task off if the task can name it, or -1} */
    int namedOrigin(int task) {
        return originTold[task] ? log.origin(task) : NONE;
    }

    /** {@return whether a message sets a task off} */
    boolean arrives(int task) {
        return log.origin(task) >= 0 && !originTold[task];
    }

    /** {@return how readers find that a task was set off, unless they are told} */
    Link linkRead(int task) {
        if (log.origin(task) < 0) {
            return Link.NONE;
        }
        return originTold[task] ? Link.FORK : log.link(task) == Link.CALL ? Link.CALL : Link.MESSAGE;
    }

    private void planOrigin(int event, List<String> traceIds) {
        int task = log.task(event);
        if (log.sequence(event) != 1) {
            return;
        }
        int origin = log.origin(task);
        if (origin < 0) {
            return;
        }
        if (log.link(task) == Link.FORK && runOf[task] == runOf[log.task(origin)]) {
            originTold[task] = true;
        } else {
            boolean awaited = log.link(task) == Link.CALL;
            message(origin, event, traceIds.get(log.trace(task)), awaited ? EventKind.REQUEST : EventKind.SEND);
        }
    }

    private void planEdges(int event) {
        int task = log.task(event);
        boolean origin = log.sequence(event) == 1 && log.origin(task) >= 0;
        for (int k = log.causeCount(event) - 1; k >= 0; k--) {
            int from = log.cause(event, k);
            boolean sync = log.isSync(event, k);
            if (origin && from == log.origin(task) && !sync) {
                origin = false; // is planned
            } else if (log.task(from) != task) {
                planEdge(from, event, sync);
            }
        }
    }

    private void planEdge(int from, int event, boolean sync) {
        boolean near = runOf[log.task(from)] == runOf[log.task(event)];
        boolean named = sync ? namesSync(from, event) : log.kind(event) == EventKind.JOIN;
        if (near && named && causes[event] == NONE) {
            causes[event] = from;
        } else if (!sync) {
            message(from, event, "00000000000000000000000000000001", EventKind.SEND);
        } else if (near) {
            String queue = "order of this run";
            Extra put = new Extra(EventKind.PUT, queue, "", null, log.task(from));
            list(after, from).add(put);
            list(before, event).add(new Extra(EventKind.TAKE, queue, "", put, log.task(event)));
        } else {
            losses.add("EDGE_LEFT_OUT", "[order|orders] of this run between services [has|have] no place in the form");
        }
    }

    /** {@return whether a cause that an event of this kind names is read as just this edge} */
    private boolean namesSync(int from, int event) {
        boolean to = switch (log.kind(event)) {
            case FORK, JOIN, RELEASE_SHARED, RELEASE_PERMITS, COUNT_DOWN -> false;
            default -> true;
        };
        return to
                && switch (log.kind(from)) {
                    case RELEASE_SHARED, RELEASE_PERMITS, COUNT_DOWN -> false;
                    default -> true;
                };
    }

    private void message(int from, int event, String trace, EventKind kind) {
        String id = trace + '-' + HexFormat.of().toHexDigits(++messages);
        list(after, from).add(new Extra(kind, "message", id, null, log.task(from)));
        list(before, event).add(new Extra(EventKind.RECEIVE, "message", id, null, log.task(event)));
    }

    private static List<Extra> list(List<@Nullable List<Extra>> lists, int event) {
        List<Extra> extras = lists.get(event);
        if (extras == null) {
            extras = new ArrayList<>(2);
            lists.set(event, extras);
        }
        return extras;
    }

    /** Numbers the events of each task with those between them. */
    private void number() {
        int[] last = new int[runOf.length];
        String[] threads = new String[runOf.length];
        for (int e = 0; e < sequences.length; e++) {
            int task = log.task(e);
            for (Extra extra : before(e)) {
                extra.sequence = ++last[task];
            }
            if (hops(e, threads)) {
                last[task]++;
            }
            threads[task] = log.kind(e) == EventKind.RESUME ? log.subject(e) : log.thread(e);
            sequences[e] = ++last[task];
            for (Extra extra : after(e)) {
                extra.sequence = ++last[task];
            }
        }
    }

    /** {@return whether an event is on another thread than the one before it of its task, and no event says so} */
    boolean hops(int event, String[] threads) {
        String thread = threads[log.task(event)];
        return thread != null
                && log.kind(event) != EventKind.RESUME
                && !log.thread(event).isEmpty()
                && !thread.equals(log.thread(event));
    }
}
