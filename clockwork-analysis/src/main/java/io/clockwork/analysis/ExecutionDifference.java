package io.clockwork.analysis;

import io.clockwork.CausalityRelation;
import java.util.List;

/**
 * How one execution differs from another one: who took part, what happened, and in which order.
 *
 * <p>Hosts are the tasks of the logs, by service and name; of several that have the same name, the ones that began first are
 * the same host, then the second ones, and so on. On a host an event is what happened the first, second or third time
 * with its text in both. So every event has at most one counterpart. Events are numbered as in their own log.
 *
 * @param hostsOnlyBefore the hosts of the earlier execution that the later one has not
 * @param hostsOnlyAfter the hosts of the later execution that the earlier one has not
 * @param onlyBefore the events of the earlier execution without counterpart, in its order; those of such hosts, too
 * @param onlyAfter the events of the later execution without counterpart, in its order
 * @param ordersOnlyBefore pairs of events of the earlier execution, in its order, that follow each other on a host or by an
 *     edge of its {@link ReducedGraph}, and whose counterparts are not in this order
 * @param ordersOnlyAfter the same of the later execution
 */
public record ExecutionDifference(
        List<String> hostsOnlyBefore,
        List<String> hostsOnlyAfter,
        List<Event> onlyBefore,
        List<Event> onlyAfter,
        List<Order> ordersOnlyBefore,
        List<Order> ordersOnlyAfter) {
    /** Creates a difference of copies of the lists. */
    public ExecutionDifference {
        hostsOnlyBefore = List.copyOf(hostsOnlyBefore);
        hostsOnlyAfter = List.copyOf(hostsOnlyAfter);
        onlyBefore = List.copyOf(onlyBefore);
        onlyAfter = List.copyOf(onlyAfter);
        ordersOnlyBefore = List.copyOf(ordersOnlyBefore);
        ordersOnlyAfter = List.copyOf(ordersOnlyAfter);
    }

    /**
     * Returns the difference from {@code before} to {@code after}, whole logs each; {@link EventLog#byTrace} gives the
     * executions of one log. As long as building a {@link CausalGraph} of both.
     */
    public static ExecutionDifference of(EventLog before, EventLog after) {
        return new ExecutionMatch(before, after).difference();
    }

    /**
     * {@return whether there is no difference: the executions have the same events on the same hosts in the same causal order,
     * though that may be called by another name}
     */
    public boolean isEmpty() {
        return hostsOnlyBefore.isEmpty()
                && hostsOnlyAfter.isEmpty()
                && onlyBefore.isEmpty()
                && onlyAfter.isEmpty()
                && ordersOnlyBefore.isEmpty()
                && ordersOnlyAfter.isEmpty();
    }

    /**
     * An event that has no counterpart.
     *
     * @param event its number in its log
     * @param host its host
     * @param text what happened, such as {@code WRITE balance}; of a log with vector clocks, the text of the event
     * @param isNew whether no event of this host has this text in the other execution; otherwise it only happened more often
     */
    public record Event(int event, String host, String text, boolean isNew) {}

    /**
     * Two events of which one directly follows the other in one execution only.
     *
     * @param from the first one's number in the log of that execution
     * @param to the second one's number
     * @param elsewhere how the counterpart of the first one is related to that of the second one: after it, or concurrent
     */
    public record Order(int from, int to, CausalityRelation elsewhere) {}
}
