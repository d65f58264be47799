package io.clockwork.analysis;

import io.clockwork.analysis.internal.Counted;
import java.util.ArrayList;
import java.util.List;

/** Counts, per root operation or trace, what its path had to assume. */
final class PathWarnings {
    private final Operations operations;
    private final int[] shifted;
    private final int[] clipped;
    private final int[] dropped;
    private final int[] asynchronous;
    private final int[] unended;
    private final int[] roots;
    private final int[] unreached;

    PathWarnings(Operations operations, int traces) {
        this.operations = operations;
        shifted = new int[operations.size()];
        clipped = new int[operations.size()];
        dropped = new int[operations.size()];
        asynchronous = new int[operations.size()];
        unended = new int[operations.size()];
        roots = new int[traces];
        unreached = new int[traces];
    }

    void shifted(int root) {
        shifted[root]++;
    }

    void clipped(int root) {
        clipped[root]++;
    }

    void dropped(int root) {
        dropped[root]++;
    }

    void asynchronous(int root) {
        asynchronous[root]++;
    }

    void unended(int root) {
        unended[root]++;
    }

    void root(int root) {
        roots[operations.trace(root)]++;
        if (operations.ends.get(root) < 0) {
            unended(root);
        }
    }

    void unreached(int operation) {
        unreached[operations.trace(operation)]++;
    }

    /** {@return the warnings of one path} */
    List<String> of(int root) {
        int trace = operations.trace(root);
        List<String> all = new ArrayList<>();
        add(all, "SHIFTED", shifted[root], "[operation|operations] moved in time, as the clocks of services differ");
        add(
                all,
                "CLIPPED",
                clipped[root],
                "[operation reaches|operations reach] out of the caller's time and [counts|count] only inside it");
        add(
                all,
                "DROPPED",
                dropped[root],
                "[operation lies|operations lie] wholly outside the caller's time and [is left out with what it|are left out with what they] called");
        add(
                all,
                "ASYNCHRONOUS",
                asynchronous[root],
                "[operation was|operations were] not waited for and [is|are] not on the path");
        add(
                all,
                "UNENDED",
                unended[root],
                "[operation has|operations have] no end: the last event of the task is taken for it");
        add(all, "UNREACHED", unreached[trace], "[operation|operations] of the trace [is|are] below no root of a path");
        add(
                all,
                "STRAY_END",
                operations.strayEnds[trace],
                "[operation|operations] of the trace ended that had not begun");
        if (roots[trace] > 1) {
            all.add("SEVERAL_ROOTS: the trace has " + roots[trace] + " roots, each with a path of its own");
        }
        return all;
    }

    private static void add(List<String> warnings, String code, int count, String fate) {
        if (count > 0) {
            warnings.add(code + ": " + Counted.of(count, fate));
        }
    }
}
