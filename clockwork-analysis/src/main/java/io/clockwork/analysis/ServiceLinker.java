package io.clockwork.analysis;

import io.clockwork.analysis.ServiceGraph.Calls;
import io.clockwork.analysis.ServiceGraph.Latency;
import io.clockwork.analysis.ServiceGraph.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the calls between services: one pass over the operations. */
final class ServiceLinker {
    private final EventColumns log;
    private final CallTimes times;
    private final Operations operations;
    /** Per operation the nearest one above it whose span has a kind, or -1. */
    private final int[] ancestor;
    /** Per trace whether its spans have kinds. */
    private final boolean[] kinds;

    /** The places of the sums by the numbers of calling and called service. */
    private final LongIntMap places = new LongIntMap();

    private final List<Sum> sums = new ArrayList<>();

    private static final class Sum {
        private final int caller;
        private final int callee;
        private long count;
        private long errors;
        private long inferred;
        private long onPath;
        private final QuantileSketch callerSide = new QuantileSketch();
        private final QuantileSketch calleeSide = new QuantileSketch();

        private Sum(int caller, int callee) {
            this.caller = caller;
            this.callee = callee;
        }
    }

    private ServiceLinker(OperationPaths paths) {
        log = paths.log().columns();
        times = CallTimes.of(paths);
        operations = times.operations;
        ancestor = new int[times.size()];
        kinds = new boolean[log.traceNames.length];
    }

    static ServiceGraph link(OperationPaths paths) {
        ServiceLinker linker = new ServiceLinker(paths);
        linker.findAncestors();
        for (int op = 0; op < linker.times.size(); op++) {
            if (linker.kinds[linker.operations.trace(op)]) {
                linker.linkByKind(op);
            } else {
                linker.linkByService(op);
            }
        }
        linker.addPathTimes();
        return linker.graph();
    }

    private SpanKind kind(int op) {
        return log.spans.kind(operations.task(op));
    }

    /** {@return the kind of a span if it has one that says who called whom} */
    private boolean hasKind(int op) {
        SpanKind kind = kind(op);
        return kind != SpanKind.UNKNOWN && kind != SpanKind.INTERNAL;
    }

    private void findAncestors() {
        for (int op = 0; op < ancestor.length; op++) {
            int parent = operations.parents.get(op);
            ancestor[op] = parent < 0 ? -1 : hasKind(parent) ? parent : ancestor[parent];
            int peer = log.spans.peer(operations.task(op));
            kinds[operations.trace(op)] |= hasKind(op) || peer != 0;
        }
    }

    /** {@return the number of a service's name, which is 0 if it has none} */
    private int own(int op) {
        return times.service(op);
    }

    private void linkByKind(int op) {
        SpanKind kind = kind(op);
        int service = own(op);
        int peer = log.spans.peer(operations.task(op));
        if (!hasKind(op)) {
            if (service == 0 || peer == 0) {
                return;
            }
            kind = SpanKind.CLIENT;
        }
        switch (kind) {
            case PRODUCER -> linkMessage(op, service, peer, true);
            case CONSUMER -> linkMessage(op, peer, service, false);
            case SERVER -> linkServer(op, service, peer);
            default -> linkClient(op, service, peer);
        }
    }

    /** Brokers stand between producers and consumers: neither is linked with the other. */
    private void linkMessage(int op, int caller, int callee, boolean producer) {
        if (caller != 0 && callee != 0) {
            Sum sum = add(caller, callee, times.failed[op]);
            (producer ? sum.callerSide : sum.calleeSide).add(times.duration(op));
        }
    }

    private void linkServer(int op, int service, int peer) {
        int above = ancestor[op];
        int caller = above < 0 ? peer : own(above);
        if (caller == 0 || service == 0) {
            return;
        }
        boolean direct = above >= 0 && kind(above) == SpanKind.CLIENT && operations.parents.get(op) == above;
        boolean split = direct && !log.spans.isShared(operations.task(op));
        Sum sum = add(caller, service, times.failed[op] || (split && times.failed[above]));
        sum.calleeSide.add(times.duration(op));
        if (direct) {
            sum.callerSide.add(times.duration(above));
        }
    }

    private void linkClient(int op, int service, int peer) {
        if (kind(op) == SpanKind.CLIENT && times.calls[op] > 0) {
            return; // What it called speaks for it.
        }
        int above = ancestor[op];
        boolean failed = times.failed[op];
        int caller = service;
        if (above >= 0) {
            int name = own(above);
            if (name != 0 && service != 0 && name != service) {
                add(name, service, false).inferred++;
            }
            caller = caller == 0 ? name : caller;
            boolean direct = kind(above) == SpanKind.CLIENT && operations.parents.get(op) == above;
            failed |= direct && times.failed[above];
        }
        if (caller != 0 && peer != 0) {
            add(caller, peer, failed).callerSide.add(times.duration(op));
        }
    }

    private void linkByService(int op) {
        int parent = operations.parents.get(op);
        if (parent < 0 || own(parent) == own(op)) {
            return;
        }
        Sum sum = add(own(parent), own(op), times.failed[op]);
        sum.calleeSide.add(times.duration(op));
        if (times.charged[parent] == own(op)) {
            sum.callerSide.add(times.duration(parent));
        }
    }

    private Sum add(int caller, int callee, boolean failed) {
        long edge = (long) caller << Integer.SIZE | callee;
        int place = places.getOrDefault(edge, -1);
        if (place < 0) {
            place = sums.size();
            places.put(edge, place);
            sums.add(new Sum(caller, callee));
        }
        Sum sum = sums.get(place);
        sum.count++;
        sum.errors += failed ? 1 : 0;
        return sum;
    }

    private void addPathTimes() {
        int[] entry = new int[times.size()];
        for (int op = 0; op < entry.length; op++) {
            int parent = operations.parents.get(op);
            entry[op] = parent < 0 ? -1 : own(parent) == own(op) ? entry[parent] : op;
            if (entry[op] >= 0 && times.onPath[op] > 0) {
                long edge = (long) own(operations.parents.get(entry[op])) << Integer.SIZE | own(entry[op]);
                int place = places.getOrDefault(edge, -1);
                if (place >= 0) {
                    sums.get(place).onPath += times.onPath[op];
                }
            }
        }
    }

    /** What is known of a service's own operations. */
    private static final class Node {
        private boolean recorded;
        private long operations;
        private long errors;
        private long onPath;
    }

    private ServiceGraph graph() {
        Map<String, Node> nodes = new TreeMap<>();
        long elapsed = 0;
        @Nullable Node[] byName = new Node[log.names.size()];
        for (int op = 0; op < times.size(); op++) {
            Node node = byName[own(op)];
            if (node == null) {
                node = nodes.computeIfAbsent(log.names.get(own(op)), n -> new Node());
                node.recorded = true;
                byName[own(op)] = node;
            }
            node.operations++;
            node.errors += times.failed[op] ? 1 : 0;
            node.onPath += times.onPath[op];
            elapsed += times.onPath[op];
        }
        nodes.remove("");
        List<Calls> calls = new ArrayList<>();
        double whole = Math.max(1, elapsed);
        sums.forEach(sum -> {
            String caller = log.names.get(sum.caller);
            String callee = log.names.get(sum.callee);
            nodes.computeIfAbsent(caller, n -> new Node());
            nodes.computeIfAbsent(callee, n -> new Node());
            calls.add(new Calls(
                    caller,
                    callee,
                    sum.count,
                    sum.errors,
                    sum.inferred,
                    Latency.of(sum.callerSide),
                    Latency.of(sum.calleeSide),
                    sum.onPath / whole));
        });
        calls.sort((a, b) -> {
            int byCaller = a.caller().compareTo(b.caller());
            return byCaller != 0 ? byCaller : a.callee().compareTo(b.callee());
        });
        List<Service> services = new ArrayList<>();
        nodes.forEach((name, node) ->
                services.add(new Service(name, node.recorded, node.operations, node.errors, node.onPath / whole)));
        return new ServiceGraph(kinds.length, services, calls);
    }
}
