package io.clockwork.analysis;

import java.util.List;

/**
 * A pattern of messages that was found in a log.
 *
 * @param tasks the tasks that take part, each once, in the order of their parts in the pattern: who asked and who answered, who
 *     sent and its receivers, who received and its senders, or the hosts of a {@link MotifPattern} in the order of their names
 *     in it
 * @param events the events that send or receive its messages, ascending
 */
public record Motif(List<Integer> tasks, List<Integer> events) {
    /** Creates a motif of copies of the lists. */
    public Motif {
        tasks = List.copyOf(tasks);
        events = List.copyOf(events);
    }
}
