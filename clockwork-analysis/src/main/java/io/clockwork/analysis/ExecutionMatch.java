package io.clockwork.analysis;

import io.clockwork.CausalityRelation;
import io.clockwork.analysis.ExecutionDifference.Event;
import io.clockwork.analysis.ExecutionDifference.Order;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the counterparts of the events of two executions, and what is different between them. */
final class ExecutionMatch {
    private static final int NONE = -1;

    private final Side before;
    private final Side after;

    ExecutionMatch(EventLog before, EventLog after) {
        this.before = new Side(before);
        this.after = new Side(after);
        match();
    }

    ExecutionDifference difference() {
        CausalGraph earlier = CausalGraph.of(before.log);
        CausalGraph later = CausalGraph.of(after.log);
        return new ExecutionDifference(
                before.hostsMissingIn(after),
                after.hostsMissingIn(before),
                before.unmatched(after),
                after.unmatched(before),
                before.orders(later),
                after.orders(earlier));
    }

    private void match() {
        Map<Occurrence, Integer> events = new HashMap<>();
        for (int e = 0; e < before.counterparts.length; e++) {
            events.put(before.occurrence(e), e);
        }
        for (int e = 0; e < after.counterparts.length; e++) {
            Integer counterpart = events.get(after.occurrence(e));
            if (counterpart != null) {
                after.counterparts[e] = counterpart;
                before.counterparts[counterpart] = e;
            }
        }
    }

    /** What happened on a host, and the how many-th time. */
    private record Occurrence(String host, String text, int number) {}

    /** One of the executions. */
    private static final class Side {
        private final EventLog log;
        /** Per task its host; empty without events. */
        private final String[] hostOfTask;

        private final Set<String> hosts = new LinkedHashSet<>();
        /** Per event the how many-th of its host and text it is, from 1. */
        private final int[] numbers;
        /** Per event its counterpart, or -1. */
        private final int[] counterparts;

        /** How often each text was there on each host, under the number 0. */
        private final Map<Occurrence, Integer> counts = new HashMap<>();

        Side(EventLog log) {
            this.log = log;
            hostOfTask = new String[log.taskCount()];
            numbers = new int[log.size()];
            counterparts = new int[log.size()];
            Arrays.fill(hostOfTask, "");
            Arrays.fill(counterparts, NONE);
            Map<String, Integer> twins = new HashMap<>();
            for (int e = 0; e < numbers.length; e++) {
                int task = log.task(e);
                if (log.sequence(e) == 1) {
                    String name = name(task);
                    int number = twins.merge(name, 1, Integer::sum);
                    hostOfTask[task] = number == 1 ? name : name + '#' + number;
                    hosts.add(hostOfTask[task]);
                }
                numbers[e] = counts.merge(new Occurrence(host(e), text(e), 0), 1, Integer::sum);
            }
        }

        private String name(int task) {
            String service = log.service(task);
            String name = log.taskName(task);
            return service.isEmpty() || service.equals(name) ? name : service + '/' + name;
        }

        private String host(int event) {
            return hostOfTask[log.task(event)];
        }

        private String text(int event) {
            String subject = log.subject(event);
            return log.kind(event) == EventKind.CUSTOM ? subject : log.kind(event) + " " + subject;
        }

        private Occurrence occurrence(int event) {
            return new Occurrence(host(event), text(event), numbers[event]);
        }

        List<String> hostsMissingIn(Side other) {
            return hosts.stream().filter(host -> !other.hosts.contains(host)).toList();
        }

        List<Event> unmatched(Side other) {
            List<Event> events = new ArrayList<>();
            for (int e = 0; e < counterparts.length; e++) {
                if (counterparts[e] == NONE) {
                    boolean isNew = !other.counts.containsKey(new Occurrence(host(e), text(e), 0));
                    events.add(new Event(e, host(e), text(e), isNew));
                }
            }
            return events;
        }

        /** {@return the pairs of events that are in direct order here, but not in the other execution's order} */
        List<Order> orders(CausalGraph other) {
            ReducedGraph graph = ReducedGraph.of(log);
            List<Order> orders = new ArrayList<>();
            int[] last = new int[hostOfTask.length];
            Arrays.fill(last, NONE);
            for (int e = 0; e < counterparts.length; e++) {
                if (counterparts[e] == NONE) {
                    continue;
                }
                compare(last[log.task(e)], e, other, orders);
                for (int k = 0; k < graph.causeCount(e); k++) {
                    compare(graph.cause(e, k), e, other, orders);
                }
                last[log.task(e)] = e;
            }
            return orders;
        }

        private void compare(int from, int to, CausalGraph other, List<Order> orders) {
            if (from != NONE && counterparts[from] != NONE) {
                CausalityRelation elsewhere = other.relation(counterparts[from], counterparts[to]);
                if (elsewhere != CausalityRelation.HAPPENS_BEFORE) {
                    orders.add(new Order(from, to, elsewhere));
                }
            }
        }
    }
}
