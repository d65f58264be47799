package io.clockwork.analysis;

import io.clockwork.analysis.CriticalPath.Contribution;
import java.util.List;

/**
 * What the response paths of many traces have in common: whose time they consist of. Each nanosecond of a path counts once in
 * each of the lists; shares are parts of the time of all paths together.
 *
 * @param paths how many paths there are
 * @param elapsedNanos how long they are together
 * @param services the time of each service, the longest first
 * @param operations the time of each operation, named {@code service: operation}
 * @param edges the time spent below each call from one service to another, named {@code caller -> callee}, until the next
 *     such call; what the root's service spends before any is in none
 * @param frames the tree of call paths, a flame graph: a frame comes after the one that called it
 * @param heat in how many paths each operation has which share
 */
public record PathProfile(
        int paths,
        long elapsedNanos,
        List<Contribution> services,
        List<Contribution> operations,
        List<Contribution> edges,
        List<Frame> frames,
        List<Heat> heat) {
    /** Creates a profile of copies of the lists. */
    public PathProfile {
        services = List.copyOf(services);
        operations = List.copyOf(operations);
        edges = List.copyOf(edges);
        frames = List.copyOf(frames);
        heat = List.copyOf(heat);
    }

    static PathProfile none() {
        return new PathProfile(0, 0, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** {@return the profile of all response paths of {@code log}; O(n log n)} */
    public static PathProfile of(EventLog log) {
        return new OperationPaths(log).profile();
    }

    /**
     * All runs of an operation that were called by the same operations.
     *
     * @param parent the index of the frame that called it, or -1
     * @param service the service
     * @param operation the operation
     * @param calls how many runs there are, whether or not they are on a path
     * @param selfNanos the time on the paths that they spent themselves
     * @param totalNanos the time on the paths that they and what they called spent
     */
    public record Frame(int parent, String service, String operation, int calls, long selfNanos, long totalNanos) {}

    /**
     * How an operation's share of a path varies over the paths.
     *
     * @param operation the operation, named {@code service: operation}
     * @param tenths ten counts: of the paths in which it has a share, up to a tenth first, over nine tenths last
     */
    public record Heat(String operation, List<Integer> tenths) {
        /** Creates a row with a copy of the counts. */
        public Heat {
            tenths = List.copyOf(tenths);
        }
    }
}
