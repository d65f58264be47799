package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The operations of a trace as people read them: what called or set off what, each below its cause, in order of their starts.
 *
 * @param trace the name of the trace
 * @param nodes the operations; each comes after its parent and before what begins after that parent's last one
 */
public record TraceTree(String trace, List<Node> nodes) {
    /** Creates a tree with a copy of the nodes. */
    public TraceTree {
        Objects.requireNonNull(trace, "trace");
        nodes = List.copyOf(nodes);
    }

    /** {@return the tree of each trace, by trace; O(n)} */
    public static List<TraceTree> of(EventLog log) {
        CallTimes times = CallTimes.of(log);
        int[] starts = times.childStarts();
        int[] children = times.children(starts);
        List<List<Node>> trees = new ArrayList<>();
        for (int trace = 0; trace < log.traceCount(); trace++) {
            trees.add(new ArrayList<>());
        }
        int[] next = Arrays.copyOf(starts, times.size());
        int[] index = new int[times.size()];
        for (int root = 0; root < times.size(); root++) {
            if (times.operations.parents.get(root) < 0) {
                List<Node> nodes = trees.get(times.operations.trace(root));
                int depth = 0;
                index[root] = nodes.size();
                nodes.add(node(log, times, root, -1, depth));
                int op = root;
                while (op >= 0) {
                    if (next[op] == starts[op + 1]) {
                        op = op == root ? -1 : times.operations.parents.get(op);
                        depth--;
                        continue;
                    }
                    int child = children[next[op]++];
                    index[child] = nodes.size();
                    nodes.add(node(log, times, child, index[op], ++depth));
                    op = child;
                }
            }
        }
        List<TraceTree> all = new ArrayList<>();
        for (int trace = 0; trace < trees.size(); trace++) {
            all.add(new TraceTree(log.traceName(trace), trees.get(trace)));
        }
        return List.copyOf(all);
    }

    private static Node node(EventLog log, CallTimes times, int op, int parent, int depth) {
        Operations operations = times.operations;
        int task = operations.task(op);
        int above = operations.parents.get(op);
        boolean sameTask = above >= 0 && operations.task(above) == task;
        return new Node(
                parent,
                depth,
                operations.begins.get(op),
                operations.service(op),
                operations.name(op),
                operations.taskName(op),
                sameTask ? Link.CALL : log.link(task),
                log.isTimed() ? operations.start(op) : 0,
                times.duration(op),
                times.self[op],
                times.onPath[op],
                operations.isBlocking(op),
                times.failed[op]);
    }

    /**
     * One operation.
     *
     * @param parent the index of the node that called it or set it off, or -1
     * @param depth how many nodes are above it
     * @param event the number of the event in the log with which it began
     * @param service the service that ran it
     * @param operation the operation
     * @param task the name of its task; the span id in imported traces
     * @param link how it was set off
     * @param startNanos when it began
     * @param nanos how long it took
     * @param selfNanos the time in which nothing that it waits for ran
     * @param pathNanos its part of the response path
     * @param awaited whether its parent waits for it
     * @param failed whether it failed
     */
    public record Node(
            int parent,
            int depth,
            int event,
            String service,
            String operation,
            String task,
            Link link,
            long startNanos,
            long nanos,
            long selfNanos,
            long pathNanos,
            boolean awaited,
            boolean failed) {}
}
