package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/** Looks for the messages of a pattern. */
final class PatternSearch {
    /*
     * What a task sends and receives is one sequence of turns, and each message has a turn at both of its ends. In a match the
     * turns of a host follow each other, so from the first message on all others are given: nothing is ever tried twice.
     */
    private static final int NONE = -1;

    private final EventLog log;
    private final int[] senders;
    private final int[] receivers;
    /** Per message its turn at the task that sends it, and at the one that receives it. */
    private final int[] sendTurns;

    private final int[] receiveTurns;
    /** Where the turns of each task begin in {@link #messages}; one entry more than tasks. */
    private final int[] firstTurn;
    /** Per turn its message. */
    private final int[] messages;

    private final BitSet taken = new BitSet();

    PatternSearch(EventLog log, ReducedGraph graph) {
        this.log = log;
        int edges = graph.edgeCount();
        senders = new int[edges];
        receivers = new int[edges];
        sendTurns = new int[edges];
        receiveTurns = new int[edges];
        messages = new int[2 * edges];
        firstTurn = new int[log.taskCount() + 1];
        int[] firstMessage = new int[log.size() + 1];
        for (int e = 0; e < log.size(); e++) {
            int turns = graph.causeCount(e) + graph.effectCount(e);
            firstTurn[log.task(e) + 1] += turns;
            firstMessage[e + 1] = firstMessage[e] + graph.effectCount(e);
        }
        for (int t = 0; t < log.taskCount(); t++) {
            firstTurn[t + 1] += firstTurn[t];
        }
        int[] next = firstTurn.clone();
        int[] nextMessage = firstMessage.clone();
        for (int e = 0; e < log.size(); e++) {
            int task = log.task(e);
            for (int k = 0; k < graph.causeCount(e); k++) {
                int message = nextMessage[graph.cause(e, k)]++;
                receivers[message] = e;
                receiveTurns[message] = next[task];
                messages[next[task]++] = message;
            }
            for (int k = 0; k < graph.effectCount(e); k++) {
                int message = firstMessage[e] + k;
                senders[message] = e;
                sendTurns[message] = next[task];
                messages[next[task]++] = message;
            }
        }
    }

    List<Motif> find(MotifPattern pattern) {
        List<Motif> found = new ArrayList<>();
        int[] matched = new int[pattern.messages()];
        int[] tasks = new int[pattern.hosts.size()];
        int[] turns = new int[tasks.length];
        for (int first = 0; first < senders.length; first++) {
            if (matches(pattern, first, matched, tasks, turns)) {
                TreeSet<Integer> events = new TreeSet<>();
                for (int message : matched) {
                    taken.set(message);
                    events.add(senders[message]);
                    events.add(receivers[message]);
                }
                found.add(new Motif(Arrays.stream(tasks).boxed().toList(), List.copyOf(events)));
            }
        }
        return found;
    }

    private boolean matches(MotifPattern pattern, int first, int[] matched, int[] tasks, int[] turns) {
        Arrays.fill(tasks, NONE);
        for (int i = 0; i < matched.length; i++) {
            int from = pattern.senders[i];
            int to = pattern.receivers[i];
            int message =
                    i == 0 ? first : tasks[from] != NONE ? next(tasks[from], turns[from]) : next(tasks[to], turns[to]);
            boolean fits = message != NONE
                    && !taken.get(message)
                    && fits(pattern, from, sendTurns[message], log.task(senders[message]), tasks, turns)
                    && fits(pattern, to, receiveTurns[message], log.task(receivers[message]), tasks, turns);
            if (!fits) {
                return false;
            }
            matched[i] = message;
        }
        return true;
    }

    private int next(int task, int turn) {
        return turn + 1 < firstTurn[task + 1] ? messages[turn + 1] : NONE;
    }

    /** Lets a host take its turn at a task, {@return if it can}. */
    private boolean fits(MotifPattern pattern, int host, int turn, int task, int[] tasks, int[] turns) {
        if (tasks[host] == NONE) {
            for (int other : tasks) {
                if (other == task) {
                    return false;
                }
            }
            String name = pattern.names.get(host);
            if (!name.isEmpty() && !name.equals(log.taskName(task)) && !name.equals(log.service(task))) {
                return false;
            }
            tasks[host] = task;
        } else if (tasks[host] != task || turn != turns[host] + 1) {
            return false;
        }
        turns[host] = turn;
        return true;
    }
}
