package io.clockwork.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of a run were not serializable: the graph of blocks, and of accesses outside of any, with an edge from each
 * to those of other tasks that saw or replaced what it left, and to what follows in its task, has a cycle through them.
 *
 * <p>Locks give no edges: they carry no data. Strongly connected components give all such blocks in O(n + m), iteratively.
 * The vector clocks of AeroDrome decide the same question in one pass, but name one event and no partner, and a finding has
 * to show both sides.
 *
 * @see <a href="https://doi.org/10.1145/3373376.3378475">U. Mathur, M. Viswanathan, <i>Atomicity Checking in Linear Time
 *     using Vector Clocks</i>, ASPLOS 2020, Definition 1</a>
 */
final class BlockConflicts {
    private static final int NONE = -1;

    private final EventColumns log;
    private final Blocks blocks;
    /** The node of each event that is in the graph; accesses of one block have one. */
    private final int[] nodeOf;

    private final IntColumn blockOfNode = new IntColumn();
    /** The node that follows in the same task. */
    private final IntColumn nextOfNode = new IntColumn();

    private final IntColumn edgeFrom = new IntColumn();
    private final IntColumn edgeTo = new IntColumn();
    private int[] edgeStarts = {};
    private int[] edgesByNode = {};
    private Components components = Components.of(0, (node, place) -> NONE);
    private long workLeft;

    private BlockConflicts(EventColumns log) {
        this.log = log;
        blocks = Blocks.of(log);
        nodeOf = new int[log.kinds.length];
        workLeft = 20L * log.kinds.length + 1_000_000;
    }

    static BlockConflicts of(EventColumns log) {
        BlockConflicts conflicts = new BlockConflicts(log);
        if (conflicts.blocks.count() > 0) {
            conflicts.connect();
            conflicts.index();
            conflicts.components = Components.of(conflicts.blockOfNode.size(), conflicts::successor);
        }
        return conflicts;
    }

    String name(int block) {
        return blocks.name(block);
    }

    /** {@return the event that begins a block} */
    int begin(int block) {
        return blocks.begins.get(block);
    }

    /** {@return whether some blocks that are in cycles were not followed any more: it would have taken too long} */
    boolean isExhausted() {
        return workLeft < 0;
    }

    /** What was accessed of one variable since it was last written, and that write. */
    private static final class Variable {
        int lastWrite = NONE;
        final IntColumn reads = new IntColumn();
    }

    private void connect() {
        Arrays.fill(nodeOf, NONE);
        int[] lastNode = new int[log.taskNames.length];
        Arrays.fill(lastNode, NONE);
        int[] nodeOfBlock = new int[blocks.count() + 1];
        Arrays.fill(nodeOfBlock, NONE);
        BitSet ends = edgeEnds();
        @Nullable Variable[] variables = new Variable[log.names.size()];
        for (int e = 0; e < nodeOf.length; e++) {
            boolean access = Accesses.isAccess(log.kind(e));
            if (!access && !ends.get(e)) {
                continue;
            }
            enterNode(e, lastNode, nodeOfBlock);
            for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
                if (nodeOf[log.edgeFrom[k]] != NONE) {
                    edge(log.edgeFrom[k], e);
                }
            }
            if (access) {
                Variable variable = variables[log.subjects[e]];
                if (variable == null) {
                    variable = new Variable();
                    variables[log.subjects[e]] = variable;
                }
                conflicts(e, variable);
            }
        }
    }

    private void enterNode(int event, int[] lastNode, int[] nodeOfBlock) {
        int task = log.tasks[event];
        int block = blocks.ofEvent[event];
        if (block > 0 && nodeOfBlock[block] != NONE) {
            nodeOf[event] = nodeOfBlock[block];
            return;
        }
        int node = blockOfNode.size();
        blockOfNode.add(block);
        nextOfNode.add(NONE);
        if (lastNode[task] != NONE) {
            nextOfNode.set(lastNode[task], node);
        }
        lastNode[task] = node;
        nodeOfBlock[block] = block > 0 ? node : NONE;
        nodeOf[event] = node;
    }

    /** {@return the ends of all edges but those of locks} */
    private BitSet edgeEnds() {
        BitSet ends = new BitSet();
        for (int e = 0; e < nodeOf.length; e++) {
            for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
                if (!log.edgeSync[k] || !isLock(e)) {
                    ends.set(e);
                    ends.set(log.edgeFrom[k]);
                }
            }
        }
        return ends;
    }

    private boolean isLock(int event) {
        return switch (log.kind(event)) {
            case ACQUIRE, ACQUIRE_SHARED -> true;
            default -> false;
        };
    }

    private void conflicts(int event, Variable variable) {
        edge(variable.lastWrite, event);
        if (Accesses.writes(log.kind(event))) {
            for (int i = 0; i < variable.reads.size(); i++) {
                edge(variable.reads.get(i), event);
            }
            variable.reads.clear();
            variable.lastWrite = event;
        } else if (variable.reads.isEmpty() || nodeOf[variable.reads.last()] != nodeOf[event]) {
            variable.reads.add(event);
        }
    }

    private void edge(int from, int to) {
        if (from != NONE && log.tasks[from] != log.tasks[to]) {
            edgeFrom.add(from);
            edgeTo.add(to);
        }
    }

    private void index() {
        int nodes = blockOfNode.size();
        edgeStarts = new int[nodes + 1];
        edgesByNode = new int[edgeFrom.size()];
        for (int k = 0; k < edgesByNode.length; k++) {
            edgeStarts[nodeOf[edgeFrom.get(k)] + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            edgeStarts[node + 1] += edgeStarts[node];
        }
        int[] next = edgeStarts.clone();
        for (int k = 0; k < edgesByNode.length; k++) {
            edgesByNode[next[nodeOf[edgeFrom.get(k)]]++] = k;
        }
    }

    /** {@return a node's successor: that in its task at place 0, itself if there is none, or where an edge leads} */
    private int successor(int node, int place) {
        if (place == 0) {
            return nextOfNode.get(node) == NONE ? node : nextOfNode.get(node);
        }
        int at = edgeStarts[node] + place - 1;
        return at < edgeStarts[node + 1] ? nodeOf[edgeTo.get(edgesByNode[at])] : NONE;
    }

    /** {@return the nodes of blocks that are in a cycle, ascending} */
    BitSet violated() {
        BitSet violated = new BitSet();
        BitSet cyclic = components.cyclic;
        for (int node = cyclic.nextSetBit(0); node >= 0; node = cyclic.nextSetBit(node + 1)) {
            if (blockOfNode.get(node) > 0) {
                violated.set(node);
            }
        }
        return violated;
    }

    int block(int node) {
        return blockOfNode.get(node);
    }

    /**
     * Returns the events of a cycle from an access of a node's block to a later one of it; empty when others in the cycle are
     * the ones that were interrupted, or when it was given up. What the block left early is followed first, so that each node
     * is reached from the earliest access that leads there: the search is exact and visits each node once.
     */
    List<Integer> cycle(int node) {
        Map<Integer, Integer> edgeInto = new HashMap<>();
        List<Integer> exits = new ArrayList<>();
        for (int at = edgeStarts[node]; at < edgeStarts[node + 1]; at++) {
            exits.add(edgesByNode[at]);
        }
        exits.sort(Comparator.comparing(edgeFrom::get));
        for (int exit : exits) {
            int first = nodeOf[edgeTo.get(exit)];
            if (components.areOne(first, node) && edgeInto.putIfAbsent(first, exit) == null) {
                int last = followTo(node, first, edgeFrom.get(exit), edgeInto);
                if (last != NONE) {
                    return events(node, last, edgeInto);
                }
            }
        }
        return List.of();
    }

    /** {@return an edge into an access of the node that comes after {@code left}, or NONE} */
    private int followTo(int node, int first, int left, Map<Integer, Integer> edgeInto) {
        Deque<Integer> queue = new ArrayDeque<>(List.of(first));
        while (!queue.isEmpty()) {
            int at = queue.remove();
            int next;
            for (int place = 0; (next = successor(at, place)) != NONE; place++) {
                if (--workLeft < 0) {
                    return NONE;
                }
                int edge = place == 0 ? NONE : edgesByNode[edgeStarts[at] + place - 1];
                if (next == node) {
                    if (edge != NONE && edgeTo.get(edge) > left) {
                        return edge;
                    }
                } else if (components.areOne(next, node) && !edgeInto.containsKey(next)) {
                    edgeInto.put(next, edge == NONE ? NONE - 1 - at : edge);
                    queue.add(next);
                }
            }
        }
        return NONE;
    }

    private List<Integer> events(int node, int lastEdge, Map<Integer, Integer> edgeInto) {
        List<Integer> backwards = new ArrayList<>();
        int edge = lastEdge;
        while (true) {
            backwards.add(edgeTo.get(edge));
            backwards.add(edgeFrom.get(edge));
            int at = nodeOf[edgeFrom.get(edge)];
            while (at != node && edgeInto.getOrDefault(at, 0) < NONE) {
                at = NONE - 1 - edgeInto.getOrDefault(at, 0);
            }
            if (at == node) {
                break;
            }
            edge = edgeInto.getOrDefault(at, 0);
        }
        Collections.reverse(backwards);
        return backwards.stream().distinct().toList();
    }
}
