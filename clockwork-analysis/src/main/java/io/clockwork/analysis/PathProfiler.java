package io.clockwork.analysis;

import io.clockwork.analysis.CriticalPath.Contribution;
import io.clockwork.analysis.PathProfile.Frame;
import io.clockwork.analysis.PathProfile.Heat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the sections of response paths. Names are numbers until the end. */
final class PathProfiler {
    private static final int TENTHS = 10;

    private final EventColumns log;
    private final Operations operations;

    /** Per operation its service and name, the call between services that it is below, or -1, and the calls above it. */
    private final int[] labels;

    private final int[] edges;
    private final int[] frames;
    private final Pairs labelNames = new Pairs();
    private final Pairs edgeNames = new Pairs();
    /** Of each frame the one above it, or -1, and the label. */
    private final Pairs frameNames = new Pairs();

    private final IntColumn frameCalls = new IntColumn();

    private long[] self = new long[0];
    private long[] byLabel = new long[0];
    private long[] byEdge = new long[0];
    private long[] inPath = new long[0];
    private int[][] tenths = new int[0][];
    private final IntColumn touched = new IntColumn();
    private int paths;
    private long elapsed;

    /** Pairs of numbers, each with a number of its own in the order of first use. */
    private static final class Pairs {
        private final LongIntMap numbers = new LongIntMap();
        private final IntColumn first = new IntColumn();
        private final IntColumn second = new IntColumn();

        int numberOf(int a, int b) {
            long pair = (long) a << Integer.SIZE | b;
            int number = numbers.getOrDefault(pair, -1);
            if (number < 0) {
                number = first.size();
                numbers.put(pair, number);
                first.add(a);
                second.add(b);
            }
            return number;
        }

        int size() {
            return first.size();
        }
    }

    private PathProfiler(OperationPaths paths) {
        log = paths.log().columns();
        operations = paths.operations();
        labels = new int[operations.size()];
        edges = new int[labels.length];
        frames = new int[labels.length];
    }

    static PathProfile profile(OperationPaths paths) {
        PathProfiler profiler = new PathProfiler(paths);
        profiler.number();
        if (paths.log().isTimed()) {
            profiler.add(paths.walks());
        }
        return profiler.result();
    }

    /** Numbers operations by name, by the call between services that they are below, and by the calls above them. */
    private void number() {
        for (int op = 0; op < labels.length; op++) {
            int service = service(op);
            int parent = operations.parents.get(op);
            labels[op] = labelNames.numberOf(service, operations.nameNumber(op));
            if (parent < 0) {
                edges[op] = -1;
            } else if (service(parent) == service) {
                edges[op] = edges[parent];
            } else {
                edges[op] = edgeNames.numberOf(service(parent), service);
            }
            frames[op] = frameNames.numberOf(parent < 0 ? -1 : frames[parent], labels[op]);
            if (frames[op] == frameCalls.size()) {
                frameCalls.add(0);
            }
            frameCalls.set(frames[op], frameCalls.get(frames[op]) + 1);
        }
        self = new long[frameNames.size()];
        byLabel = new long[labelNames.size()];
        inPath = new long[labelNames.size()];
        tenths = new int[labelNames.size()][];
        byEdge = new long[edgeNames.size()];
    }

    private int service(int op) {
        return log.taskServices[operations.task(op)];
    }

    private void add(ResponsePaths responses) {
        ResponsePaths.Walk walk = responses.new Walk();
        for (int root : responses.roots()) {
            walk.back(root, this::section);
            long length = responses.ends[root] - responses.starts[root];
            paths++;
            elapsed += length;
            endPath(length);
        }
    }

    private void section(int op, long from, long to) {
        long nanos = to - from;
        int label = labels[op];
        self[frames[op]] += nanos;
        byLabel[label] += nanos;
        if (inPath[label] == 0) {
            touched.add(label);
        }
        inPath[label] += nanos;
        if (edges[op] >= 0) {
            byEdge[edges[op]] += nanos;
        }
    }

    private void endPath(long length) {
        while (!touched.isEmpty()) {
            int label = touched.last();
            touched.removeLast();
            if (tenths[label] == null) {
                tenths[label] = new int[TENTHS];
            }
            int tenth = (int) Math.ceil((double) inPath[label] / length * TENTHS) - 1;
            tenths[label][Math.min(TENTHS - 1, Math.max(0, tenth))]++;
            inPath[label] = 0;
        }
    }

    private PathProfile result() {
        Map<String, Long> services = new HashMap<>();
        Map<String, Long> named = new HashMap<>();
        Map<String, Long> calls = new HashMap<>();
        List<Heat> heat = new ArrayList<>();
        for (int label = 0; label < byLabel.length; label++) {
            if (byLabel[label] > 0) {
                services.merge(log.names.get(labelNames.first.get(label)), byLabel[label], Long::sum);
                named.merge(name(label), byLabel[label], Long::sum);
                heat.add(new Heat(
                        name(label), Arrays.stream(tenths[label]).boxed().toList()));
            }
        }
        for (int edge = 0; edge < byEdge.length; edge++) {
            if (byEdge[edge] > 0) {
                String called = log.names.get(edgeNames.second.get(edge));
                calls.put(log.names.get(edgeNames.first.get(edge)) + " -> " + called, byEdge[edge]);
            }
        }
        heat.sort(Comparator.comparing(Heat::operation));
        return new PathProfile(paths, elapsed, sorted(services), sorted(named), sorted(calls), frames(), heat);
    }

    private String name(int label) {
        return CriticalPath.nameOf(
                log.names.get(labelNames.first.get(label)), log.names.get(labelNames.second.get(label)));
    }

    private List<Contribution> sorted(Map<String, Long> sums) {
        List<Contribution> all = new ArrayList<>();
        sums.forEach((name, nanos) -> all.add(new Contribution(name, nanos, (double) nanos / elapsed)));
        all.sort(Comparator.comparingLong(Contribution::nanos).reversed().thenComparing(Contribution::name));
        return all;
    }

    private List<Frame> frames() {
        long[] total = self.clone();
        for (int frame = total.length - 1; frame >= 0; frame--) {
            int above = frameNames.first.get(frame);
            if (above >= 0) {
                total[above] += total[frame];
            }
        }
        List<Frame> all = new ArrayList<>(total.length);
        for (int frame = 0; frame < total.length; frame++) {
            int label = frameNames.second.get(frame);
            all.add(new Frame(
                    frameNames.first.get(frame),
                    log.names.get(labelNames.first.get(label)),
                    log.names.get(labelNames.second.get(label)),
                    frameCalls.get(frame),
                    self[frame],
                    total[frame]));
        }
        return all;
    }
}
