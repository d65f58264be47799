package io.clockwork.analysis;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The strongly connected components of a graph, in one pass without recursion; O(n + m).
 *
 * @see <a href="https://doi.org/10.1137/0201010">R. Tarjan, <i>Depth-First Search and Linear Graph Algorithms</i>, SIAM
 *     Journal on Computing 1(2), 1972</a>
 */
final class Components {
    private static final int NONE = -1;

    private final Graph graph;
    /** Of each node a member of its component that stands for it. */
    private final int[] representatives;
    /** The nodes that are in cycles with others. */
    final BitSet cyclic = new BitSet();

    private final IntColumn open = new IntColumn();

    /** Nodes and where they lead. */
    @FunctionalInterface
    interface Graph {
        /** {@return the successor of a node at a place from 0; -1 behind the last} */
        int successor(int node, int place);
    }

    private Components(int nodes, Graph graph) {
        this.graph = graph;
        representatives = new int[nodes];
        Arrays.fill(representatives, NONE);
    }

    static Components of(int nodes, Graph graph) {
        Components components = new Components(nodes, graph);
        components.find();
        return components;
    }

    boolean areOne(int a, int b) {
        return representatives[a] == representatives[b];
    }

    private void find() {
        int nodes = representatives.length;
        int[] order = new int[nodes];
        int[] low = new int[nodes];
        int[] place = new int[nodes];
        IntColumn path = new IntColumn();
        int visited = 0;
        for (int start = 0; start < nodes; start++) {
            if (order[start] != 0) {
                continue;
            }
            path.add(start);
            while (!path.isEmpty()) {
                int node = path.last();
                if (order[node] == 0) {
                    order[node] = ++visited;
                    low[node] = visited;
                    open.add(node);
                }
                int next = graph.successor(node, place[node]++);
                if (next != NONE) {
                    if (order[next] == 0) {
                        path.add(next);
                    } else if (representatives[next] == NONE) {
                        low[node] = Math.min(low[node], order[next]);
                    }
                    continue;
                }
                path.removeLast();
                if (!path.isEmpty()) {
                    low[path.last()] = Math.min(low[path.last()], low[node]);
                }
                if (low[node] == order[node]) {
                    close(node);
                }
            }
        }
    }

    private void close(int root) {
        boolean single = open.last() == root;
        int member;
        do {
            member = open.removeLast();
            representatives[member] = root;
            if (!single) {
                cyclic.set(member);
            }
        } while (member != root);
    }
}
