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

    private final int[] labels;
    private final List<Label> labelNames = new ArrayList<>();
    private final int[] edges;
    private final List<Label> edgeNames = new ArrayList<>();
    private final int[] frames;
    private final IntColumn frameParents = new IntColumn();
    private final IntColumn frameLabels = new IntColumn();
    private final IntColumn frameCalls = new IntColumn();

    private long[] self = new long[0];
    private long[] byLabel = new long[0];
    private long[] byEdge = new long[0];
    private long[] inPath = new long[0];
    private int[][] tenths = new int[0][];
    private final IntColumn touched = new IntColumn();
    private int paths;
    private long elapsed;

    /** A service and an operation of it, or a calling and a called service. */
    private record Label(int first, int second) {}

    private PathProfiler(EventLog log) {
        this.log = log.columns();
        operations = Operations.of(log);
        labels = new int[operations.size()];
        edges = new int[labels.length];
        frames = new int[labels.length];
    }

    static PathProfile profile(EventLog log) {
        PathProfiler profiler = new PathProfiler(log);
        profiler.number();
        if (log.isTimed()) {
            profiler.add(log);
        }
        return profiler.result();
    }

    /** Numbers operations by name, by the call between services that they are below, and by the calls above them. */
    private void number() {
        Map<Label, Integer> byName = new HashMap<>();
        Map<Label, Integer> byServices = new HashMap<>();
        Map<Label, Integer> byCalls = new HashMap<>();
        for (int op = 0; op < labels.length; op++) {
            int service = service(op);
            int parent = operations.parents.get(op);
            labels[op] = number(byName, labelNames, new Label(service, log.subjects[operations.begins.get(op)]));
            if (parent < 0) {
                edges[op] = -1;
            } else if (service(parent) == service) {
                edges[op] = edges[parent];
            } else {
                edges[op] = number(byServices, edgeNames, new Label(service(parent), service));
            }
            int frame = parent < 0 ? -1 : frames[parent];
            int known = byCalls.computeIfAbsent(new Label(frame, labels[op]), call -> frameParents.size());
            if (known == frameParents.size()) {
                frameParents.add(frame);
                frameLabels.add(labels[op]);
                frameCalls.add(0);
            }
            frames[op] = known;
            frameCalls.set(known, frameCalls.get(known) + 1);
        }
        self = new long[frameParents.size()];
        byLabel = new long[labelNames.size()];
        inPath = new long[labelNames.size()];
        tenths = new int[labelNames.size()][];
        byEdge = new long[edgeNames.size()];
    }

    private static int number(Map<Label, Integer> numbers, List<Label> names, Label name) {
        int number = numbers.computeIfAbsent(name, n -> names.size());
        if (number == names.size()) {
            names.add(name);
        }
        return number;
    }

    private int service(int op) {
        return log.taskServices[operations.task(op)];
    }

    private void add(EventLog source) {
        ResponsePaths responses = new ResponsePaths(source, operations);
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
                services.merge(log.names.get(labelNames.get(label).first()), byLabel[label], Long::sum);
                named.merge(name(label), byLabel[label], Long::sum);
                heat.add(new Heat(
                        name(label), Arrays.stream(tenths[label]).boxed().toList()));
            }
        }
        for (int edge = 0; edge < byEdge.length; edge++) {
            if (byEdge[edge] > 0) {
                Label ends = edgeNames.get(edge);
                calls.put(log.names.get(ends.first()) + " -> " + log.names.get(ends.second()), byEdge[edge]);
            }
        }
        heat.sort(Comparator.comparing(Heat::operation));
        return new PathProfile(paths, elapsed, sorted(services), sorted(named), sorted(calls), frames(), heat);
    }

    private String name(int label) {
        Label name = labelNames.get(label);
        return log.names.get(name.first()) + ": " + log.names.get(name.second());
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
            if (frameParents.get(frame) >= 0) {
                total[frameParents.get(frame)] += total[frame];
            }
        }
        List<Frame> all = new ArrayList<>(total.length);
        for (int frame = 0; frame < total.length; frame++) {
            Label name = labelNames.get(frameLabels.get(frame));
            all.add(new Frame(
                    frameParents.get(frame),
                    log.names.get(name.first()),
                    log.names.get(name.second()),
                    frameCalls.get(frame),
                    self[frame],
                    total[frame]));
        }
        return all;
    }
}
