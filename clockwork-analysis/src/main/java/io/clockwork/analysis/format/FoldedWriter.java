package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the time that each stack of operations spent in itself, in nanoseconds, one stack a line, as flame graphs take it.
 *
 * <p>An operation's own time is what no operation below it covers. Stacks are cut to a number of frames, so that a chain
 * of a million operations is not a line of millions of characters a million times.
 */
final class FoldedWriter {
    private static final int MAX_FRAMES = 256;
    private static final int ROOT = -1;

    private final EventLog log;
    private final Timeline timeline;
    private final Losses losses;

    /** Distinct stacks as a tree: each node its parent, frame, depth and time. */
    private final IntList nodeParents = new IntList();

    private final IntList nodeDepths = new IntList();
    private final IntList nodeFrames = new IntList();
    private final Map<String, Integer> frames = new HashMap<>();
    private final Map<Long, Integer> nodes = new HashMap<>();
    private String[] frameNames = new String[16];
    private long[] times = new long[16];

    FoldedWriter(EventLog log, Losses losses) {
        this.log = log;
        this.losses = losses;
        timeline = Timeline.of(log);
    }

    void write(Appendable out) throws IOException {
        int[] parents = parents();
        long[] own = ownTimes(parents);
        int[] nodeOf = new int[parents.length];
        for (int o = 0; o < parents.length; o++) {
            // A parent begins before its children, so its node is known.
            nodeOf[o] = node(parents[o] < 0 ? ROOT : nodeOf[parents[o]], frame(o));
            times[nodeOf[o]] += own[o];
        }
        String[] lines = new String[nodeParents.size()];
        int size = 0;
        for (int node = 0; node < nodeParents.size(); node++) {
            if (times[node] > 0) {
                lines[size++] = stack(node) + ' ' + times[node];
            }
        }
        Arrays.sort(lines, 0, size);
        for (int i = 0; i < size; i++) {
            out.append(lines[i]).append('\n');
        }
    }

    private int[] parents() {
        int[] around = new int[log.taskCount()]; // per task the operation that set it off
        for (int e = 0; e < log.size(); e++) {
            if (log.sequence(e) == 1) {
                int origin = log.origin(log.task(e));
                int operation = origin < 0 ? ROOT : timeline.operationOf[origin];
                around[log.task(e)] = operation >= 0 || origin < 0 ? operation : around[log.task(origin)];
            }
        }
        int[] parents = new int[timeline.size()];
        for (int o = 0; o < parents.length; o++) {
            int outer = timeline.outers.get(o);
            parents[o] = outer >= 0 ? outer : around[log.task(timeline.begins.get(o))];
        }
        return parents;
    }

    private long[] ownTimes(int[] parents) {
        long[] own = new long[parents.length];
        long[] covered = new long[parents.length];
        Integer[] byStart = new Integer[parents.length];
        for (int o = 0; o < parents.length; o++) {
            byStart[o] = o;
            covered[o] = start(o);
            own[o] = Math.max(0, end(o) - start(o));
        }
        Arrays.sort(byStart, (a, b) -> Long.compare(start(a), start(b)));
        for (int o : byStart) {
            int parent = parents[o];
            if (parent >= 0) {
                long from = Math.max(start(o), covered[parent]);
                long to = Math.min(end(o), end(parent));
                if (to > from) {
                    own[parent] -= to - from;
                    covered[parent] = to;
                }
            }
        }
        return own;
    }

    private long start(int operation) {
        return timeline.nanos(timeline.begins.get(operation));
    }

    private long end(int operation) {
        return timeline.nanos(timeline.ends.get(operation));
    }

    private int frame(int operation) {
        int begin = timeline.begins.get(operation);
        String service = log.service(log.task(begin));
        String name = clean(service.isEmpty() ? log.subject(begin) : service + ": " + log.subject(begin));
        Integer known = frames.putIfAbsent(name, frames.size());
        if (known != null) {
            return known;
        }
        if (frames.size() > frameNames.length) {
            frameNames = Arrays.copyOf(frameNames, frameNames.length * 2);
        }
        frameNames[frames.size() - 1] = name;
        return frames.size() - 1;
    }

    private int node(int parent, int frame) {
        if (parent >= 0 && nodeDepths.get(parent) == MAX_FRAMES) {
            losses.add(
                    "STACK_CUT",
                    "[operation is|operations are] deeper than " + MAX_FRAMES + " frames: counted to the deepest one");
            return parent;
        }
        Integer known = nodes.putIfAbsent((parent + 1L) << 32 | frame, nodeParents.size());
        if (known != null) {
            return known;
        }
        int node = nodeParents.size();
        nodeParents.add(parent);
        nodeFrames.add(frame);
        nodeDepths.add(parent < 0 ? 1 : nodeDepths.get(parent) + 1);
        if (node == times.length) {
            times = Arrays.copyOf(times, node * 2);
        }
        return node;
    }

    private String stack(int node) {
        String[] path = new String[nodeDepths.get(node)];
        int at = node;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = frameNames[nodeFrames.get(at)];
            at = nodeParents.get(at);
        }
        return String.join(";", path);
    }

    private static String clean(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean ends = c == '\u2028' || c == '\u2029' || Character.isISOControl(c);
            boolean unfit = ends || DotWriter.isLoneSurrogate(name, i);
            out.append(c == ';' ? ':' : unfit ? ' ' : c);
        }
        return out.toString().strip();
    }
}
