package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds the response paths of a log: for each root the walk back over the children that ended last. */
final class ResponsePaths {
    /*
     * Parents have smaller numbers than their children, so clipping is one loop, and the walk finds its way back by the
     * parents: neither recurses, neither needs a stack. Each operation's children are sorted once by their clipped end,
     * and because the limit only goes back in time one pointer per operation passes each child once: O(n log n).
     *
     * Of children that end together the one that began first comes first: siblings are numbered in the order in which they
     * began.
     */

    /** Not waited for, outside of its parent, or below such an operation. */
    private static final int OFF_PATH = -1;
    /** Below no root. */
    private static final int UNREACHED = -2;

    private final EventLog log;
    final Operations operations;
    /** Times cut to those of the parent; of operations that a root reaches. */
    final long[] starts;

    final long[] ends;
    /** The root whose path an operation may be on, or one of the negative numbers. */
    final int[] rootOf;

    /** Where each operation's children begin in {@link #children}; one entry more than operations. */
    final int[] firstChild;

    final int[] children;
    private final PathWarnings warnings;

    ResponsePaths(EventLog log, Operations operations) {
        this.log = log;
        this.operations = operations;
        int n = operations.size();
        starts = operations.starts();
        ends = operations.ends();
        rootOf = new int[n];
        firstChild = new int[n + 1];
        warnings = new PathWarnings(operations, log.traceCount());
        clip();
        children = new int[firstChild[n]];
        collectChildren();
    }

    List<CriticalPath> paths() {
        Walk walk = new Walk();
        return roots().stream().map(walk::path).toList();
    }

    /** Gives the sections of all roots to {@code sink}: by root, in a root the latest first. */
    void walk(Sink sink) {
        Walk walk = new Walk();
        roots().forEach(root -> walk.back(root, sink));
    }

    /** Takes the sections of a path. */
    interface Sink {
        void section(int operation, long from, long to);
    }

    /** Takes each child that is on a path, and the one that ended last of those before it, or -1. */
    interface Choice {
        void take(int child, int rival);
    }

    /** {@return the roots, by trace, in a trace by start} */
    List<Integer> roots() {
        List<Integer> roots = new ArrayList<>();
        for (int op = 0; op < starts.length; op++) {
            if (rootOf[op] == op) {
                roots.add(op);
            }
        }
        roots.sort(Comparator.comparingInt(operations::trace).thenComparingLong(op -> starts[op]));
        return roots;
    }

    private void clip() {
        for (int op = 0; op < starts.length; op++) {
            int parent = operations.parents.get(op);
            if (parent == Operations.ROOT) {
                rootOf[op] = op;
                warnings.root(op);
            } else if (parent >= 0 && rootOf[parent] >= 0) {
                clip(op, parent);
            } else {
                rootOf[op] = parent < 0 ? UNREACHED : rootOf[parent];
                if (rootOf[op] == UNREACHED) {
                    warnings.unreached(op);
                }
            }
        }
        for (int op = 0; op < starts.length; op++) {
            firstChild[op + 1] += firstChild[op];
        }
    }

    private void clip(int op, int parent) {
        int root = rootOf[parent];
        rootOf[op] = OFF_PATH;
        if (!operations.isBlocking(op)) {
            warnings.asynchronous(root);
        } else if (isOutside(op, parent)) {
            warnings.dropped(root);
        } else {
            rootOf[op] = root;
            firstChild[parent + 1]++;
            if (starts[op] < starts[parent] || ends[op] > ends[parent]) {
                warnings.clipped(root);
                starts[op] = Math.max(starts[op], starts[parent]);
                ends[op] = Math.min(ends[op], ends[parent]);
            }
            if (operations.ends.get(op) < 0) {
                warnings.unended(root);
            }
        }
    }

    private boolean isOutside(int op, int parent) {
        return starts[op] >= starts[parent] ? starts[op] >= ends[parent] : ends[op] <= starts[parent];
    }

    private void collectChildren() {
        int[] next = firstChild.clone();
        for (int op = starts.length - 1; op >= 0; op--) {
            if (rootOf[op] >= 0 && rootOf[op] != op) {
                children[next[operations.parents.get(op)]++] = op;
            }
        }
        LatestFirst.sort(children, firstChild, ends, true);
    }

    /** Walks back from the end of one root after the other; knows which children it has passed. */
    final class Walk {
        private final int[] next = Arrays.copyOf(firstChild, starts.length);

        void back(int root, Sink sink) {
            back(root, sink, (child, rival) -> {});
        }

        void back(int root, Sink sink, Choice choice) {
            int op = root;
            long limit = ends[root];
            while (true) {
                int child = lastChild(op, limit);
                if (child >= 0) {
                    add(sink, op, ends[child], limit);
                    limit = ends[child];
                    choice.take(child, next[op] < firstChild[op + 1] ? children[next[op]] : -1);
                    op = child;
                    continue;
                }
                add(sink, op, starts[op], limit);
                limit = starts[op];
                if (op == root) {
                    break;
                }
                op = operations.parents.get(op);
            }
        }

        private CriticalPath path(int root) {
            SectionList.Builder sections = new SectionList.Builder(ends[root]);
            back(
                    root,
                    (op, from, to) ->
                            sections.add(operations.task(op), operations.nameNumber(op), operations.reason(op), from));
            return new CriticalPath(
                    log.traceName(operations.trace(root)),
                    operations.service(root),
                    operations.name(root),
                    operations.taskName(root),
                    starts[root],
                    ends[root],
                    sections.build(log.columns()),
                    warnings.of(root));
        }

        private int lastChild(int op, long limit) {
            while (next[op] < firstChild[op + 1]) {
                int child = children[next[op]++];
                if (ends[child] <= limit) {
                    return child;
                }
            }
            return -1;
        }

        private static void add(Sink sink, int op, long from, long to) {
            if (from < to) {
                sink.section(op, from, to);
            }
        }
    }
}
