package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much an operation on a response path can shrink before another one of its siblings, or of those of its callers, is what
 * the end waits for: the most that speeding it up alone can win.
 *
 * @param trace the name of the trace
 * @param service the service that ran the operation
 * @param operation the operation
 * @param task the name of its task; the span id in imported traces
 * @param nanosOnPath the time on the path that it spent itself
 * @param dragNanos by how much it and what it called can shrink
 */
public record PathDrag(String trace, String service, String operation, String task, long nanosOnPath, long dragNanos) {
    /** {@return the drag of each operation on a response path: by path, the largest first; O(n log n)} */
    public static List<PathDrag> of(EventLog log) {
        if (!log.isTimed()) {
            return List.of();
        }
        Operations operations = Operations.of(log);
        ResponsePaths paths = new ResponsePaths(log, operations);
        ResponsePaths.Walk walk = paths.new Walk();
        long[] onPath = new long[operations.size()];
        long[] drag = new long[onPath.length];
        List<PathDrag> all = new ArrayList<>();
        for (int root : paths.roots()) {
            IntColumn visited = new IntColumn();
            visited.add(root);
            drag[root] = paths.ends[root] - paths.starts[root];
            walk.back(root, (op, from, to) -> onPath[op] += to - from, (child, rival) -> {
                long floor = rival < 0 ? paths.starts[child] : Math.max(paths.starts[child], paths.ends[rival]);
                drag[child] = Math.min(drag[operations.parents.get(child)], paths.ends[child] - floor);
                visited.add(child);
            });
            List<PathDrag> own = new ArrayList<>();
            for (int i = 0; i < visited.size(); i++) {
                int op = visited.get(i);
                own.add(new PathDrag(
                        log.traceName(operations.trace(op)),
                        operations.service(op),
                        operations.name(op),
                        operations.taskName(op),
                        onPath[op],
                        drag[op]));
            }
            own.sort(Comparator.comparingLong(PathDrag::dragNanos).reversed());
            all.addAll(own);
        }
        return List.copyOf(all);
    }
}
