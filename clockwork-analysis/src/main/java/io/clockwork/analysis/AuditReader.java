package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the accesses of one variable out of a log. */
final class AuditReader {
    private final EventLog log;
    private final CausalGraph graph;
    private final IntColumn accesses = new IntColumn();
    /** By chain the numbers of its accesses, by what they conflict with: writes, plain writes, all, plain ones. */
    private final Map<Integer, IntColumn[]> chains = new LinkedHashMap<>();

    private static final int WRITES = 0;
    private static final int PLAIN_WRITES = 1;
    private static final int ALL = 2;
    private static final int PLAIN = 3;

    private AuditReader(EventLog log, CausalGraph graph) {
        this.log = log;
        this.graph = graph;
    }

    static AuditTrail read(EventLog log, String variable) {
        AuditReader reader = new AuditReader(log, CausalGraph.of(log));
        return reader.trail(variable);
    }

    private AuditTrail trail(String variable) {
        BitSet wanted = new BitSet();
        for (int e = 0; e < log.size(); e++) {
            if (Accesses.isAccess(log.kind(e)) && log.subject(e).equals(variable)) {
                accesses.add(e);
                wanted.set(e);
            }
        }
        EventContexts contexts = EventContexts.of(log, wanted);
        BitSet raced = raced();
        List<AuditTrail.Entry> entries = new ArrayList<>();
        int lastWrite = -1;
        for (int i = 0; i < accesses.size(); i++) {
            int event = accesses.get(i);
            boolean writes = Accesses.writes(log.kind(event));
            Object old = writes && lastWrite >= 0 ? log.value(lastWrite) : null;
            String trace = log.traceName(log.trace(log.task(event)));
            entries.add(new AuditTrail.Entry(contexts.access(event), trace, old, lastWrite, raced.get(i)));
            lastWrite = writes ? event : lastWrite;
        }
        return new AuditTrail(variable, entries);
    }

    /*
     * The accesses of one chain that are not before a later event are the last ones of those so far: a binary search finds
     * the first, and the differences of `covered` sum up to how often each was found.
     */
    private BitSet raced() {
        BitSet raced = new BitSet();
        int[] slots = graph.slots().ofTask;
        IdentityHashMap<IntColumn, IntColumn> covered = new IdentityHashMap<>();
        for (int i = 0; i < accesses.size(); i++) {
            int event = accesses.get(i);
            int slot = slots[log.task(event)];
            boolean writes = Accesses.writes(log.kind(event));
            boolean atomic = isAtomic(event);
            int partners = writes ? (atomic ? PLAIN : ALL) : (atomic ? PLAIN_WRITES : WRITES);
            for (Map.Entry<Integer, IntColumn[]> chain : chains.entrySet()) {
                IntColumn theirs = chain.getValue()[partners];
                int first = chain.getKey() == slot ? theirs.size() : firstUnordered(theirs, event);
                if (first < theirs.size()) {
                    raced.set(i);
                    IntColumn sums = covered.computeIfAbsent(theirs, c -> new IntColumn());
                    while (sums.size() <= theirs.size()) {
                        sums.add(0);
                    }
                    sums.set(first, sums.get(first) + 1);
                    sums.set(theirs.size(), sums.get(theirs.size()) - 1);
                }
            }
            enter(i, slot, writes, atomic);
        }
        covered.forEach((theirs, sums) -> {
            int sum = 0;
            for (int k = 0; k < sums.size() - 1; k++) {
                sum += sums.get(k);
                if (sum > 0) {
                    raced.set(theirs.get(k));
                }
            }
        });
        return raced;
    }

    private boolean isAtomic(int event) {
        return switch (log.kind(event)) {
            case READ, WRITE -> false;
            default -> true;
        };
    }

    private void enter(int access, int slot, boolean writes, boolean atomic) {
        IntColumn[] columns = chains.computeIfAbsent(
                slot, s -> new IntColumn[] {new IntColumn(), new IntColumn(), new IntColumn(), new IntColumn()});
        columns[ALL].add(access);
        if (writes) {
            columns[WRITES].add(access);
        }
        if (!atomic) {
            columns[PLAIN].add(access);
        }
        if (writes && !atomic) {
            columns[PLAIN_WRITES].add(access);
        }
    }

    private int firstUnordered(IntColumn theirs, int event) {
        int low = 0;
        int high = theirs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (graph.happensBefore(accesses.get(theirs.get(middle)), event)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
