package io.clockwork.analysis;

import java.util.List;
import java.util.Objects;

/**
 * Finds patterns of messages in the {@link ReducedGraph} of a log, where an edge between two tasks is a message.
 *
 * <p>Motifs of one kind share no message: of two that would, only the one that is found first is given. They are listed in the
 * order of their first events. Each search is linear in events and edges, but for sorting what it found. Immutable.
 */
public final class Motifs {
    private static final int MAX_WAIT = 999;
    private static final int MAX_WORK = 4;

    private final EventLog log;
    private final ReducedGraph graph;

    private Motifs(EventLog log, ReducedGraph graph) {
        this.log = log;
        this.graph = graph;
    }

    /** {@return the motifs of a log} */
    public static Motifs of(EventLog log) {
        return new Motifs(log, ReducedGraph.of(log));
    }

    /** {@return the graph that is searched} */
    public ReducedGraph graph() {
        return graph;
    }

    /** {@return {@link #requestResponses(int, int)} with an answer within 4 events, that arrives within 999 events} */
    public List<Motif> requestResponses() {
        return requestResponses(MAX_WAIT, MAX_WORK);
    }

    /**
     * Returns where one task sends a message to another one and gets one back.
     *
     * <p>The request is the only message of its event, as are the answer and the two receipts; the answerer receives nothing
     * else before it answers. Sending and receiving may be one event of the answerer. No two share an event; they are looked
     * for task by task, so that counts agree with those of ShiViz.
     *
     * @param maxWait by how many events at most the answer's receipt is behind the request, on the task that asked
     * @param maxWork by how many events at most the answer is behind the request's receipt, on the task that answered
     */
    public List<Motif> requestResponses(int maxWait, int maxWork) {
        return new RequestSearch(log, graph, maxWait, maxWork).find();
    }

    /**
     * Returns where one task sends to several other ones in quick succession.
     *
     * <p>A broadcast goes from a first event that sends to the last one that it can: each event that sends has a receiver that
     * none before it has, none but the first receives anything, and from one that sends to the next there are at most
     * {@code maxGap} events. Of each task the first ones that are long enough are taken.
     *
     * @param minTasks how many tasks at least receive something
     * @param maxGap by how many events at most an event that sends is behind the one before it
     * @throws IllegalArgumentException if {@code minTasks} is less than 1
     */
    public List<Motif> broadcasts(int minTasks, int maxGap) {
        checkTasks(minTasks);
        return new FanSearch(log, graph, minTasks, maxGap).broadcasts();
    }

    /**
     * Returns where one task receives from several other ones in quick succession: as a broadcast, but that each event that
     * receives has a sender that none before it has, and none but the last sends anything.
     *
     * @param minTasks how many tasks at least send something
     * @param maxGap by how many events at most an event that receives is behind the one before it
     * @throws IllegalArgumentException if {@code minTasks} is less than 1
     */
    public List<Motif> gathers(int minTasks, int maxGap) {
        checkTasks(minTasks);
        return new FanSearch(log, graph, minTasks, maxGap).gathers();
    }

    /** {@return where the messages of a pattern are} */
    public List<Motif> find(MotifPattern pattern) {
        return new PatternSearch(log, graph).find(Objects.requireNonNull(pattern, "pattern"));
    }

    private static void checkTasks(int minTasks) {
        if (minTasks < 1) {
            throw new IllegalArgumentException("minTasks must be at least 1, was " + minTasks);
        }
    }
}
