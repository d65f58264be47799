package io.clockwork.analysis.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids of one trace's spans and, from their references, each span's parent. */
final class JaegerParents {
    /** The parent of a span without one. */
    static final int NONE = -1;
    /** The parent of a span whose reference would close a cycle. */
    static final int CUT = -2;

    private static final int UNSEEN = -1;

    private final JaegerFaults faults;
    private final Map<String, Integer> numbers = new HashMap<>();
    /** How often an id was repeated, so that the next free suffix is found at once. */
    private final Map<String, Integer> repeats = new HashMap<>();

    private int size;
    private String[] ids = new String[16];
    private int[] parents = new int[16];
    private byte[] types = new byte[16];

    /** References of the current span. */
    private final List<@Nullable String> currentIds = new ArrayList<>();

    private byte[] currentTypes = new byte[4];

    /** References, in order, of spans whose first one names a span that had not come yet. */
    private final List<String> laterIds = new ArrayList<>();

    private int[] laterSpans = new int[16];
    private byte[] laterTypes = new byte[16];

    JaegerParents(JaegerFaults faults) {
        this.faults = faults;
    }

    void reference(@Nullable String id, int type) {
        int at = currentIds.size();
        if (at == currentTypes.length) {
            currentTypes = Arrays.copyOf(currentTypes, at * 2);
        }
        currentTypes[at] = (byte) type;
        currentIds.add(id);
    }

    /** Ends a span and takes its references; returns its id, renamed if it is missing or another span's. */
    String endSpan(@Nullable String id, int line) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            parents = Arrays.copyOf(parents, size * 2);
            types = Arrays.copyOf(types, size * 2);
        }
        String name = id;
        if (name == null) {
            name = "span " + (size + 1);
            faults.add(JaegerFault.MISSING_SPAN_ID, name, line);
        }
        if (numbers.putIfAbsent(name, size) != null) {
            faults.add(JaegerFault.REPEATED_SPAN_ID, name, line);
            name = rename(name);
        }
        ids[size] = name;
        parents[size] = NONE;
        takeReferences(name, line);
        size++;
        return name;
    }

    private String rename(String id) {
        int suffix = repeats.getOrDefault(id, 0);
        String name;
        do {
            name = id + "_" + ++suffix;
        } while (numbers.putIfAbsent(name, size) != null);
        repeats.put(id, suffix);
        return name;
    }

    private void takeReferences(String span, int line) {
        boolean waits = false;
        for (int i = 0; i < currentIds.size(); i++) {
            String id = currentIds.get(i);
            if (id == null || currentTypes[i] < 0) {
                faults.add(JaegerFault.UNKNOWN_REFERENCE, span, line);
                continue;
            }
            Integer parent = waits ? null : numbers.get(id);
            if (parent != null) {
                parents[size] = parent;
                types[size] = currentTypes[i];
                break;
            }
            later(id, currentTypes[i]);
            waits = true;
        }
        currentIds.clear();
    }

    private void later(String id, byte type) {
        int at = laterIds.size();
        if (at == laterSpans.length) {
            laterSpans = Arrays.copyOf(laterSpans, at * 2);
            laterTypes = Arrays.copyOf(laterTypes, at * 2);
        }
        laterSpans[at] = size;
        laterTypes[at] = type;
        laterIds.add(id);
    }

    /** Finds the parents that came after their children, and cuts cycles where the span starts first; O(n). */
    void resolve(long[] starts) {
        for (int i = 0; i < laterIds.size(); i++) {
            int span = laterSpans[i];
            Integer parent = parents[span] == NONE ? numbers.get(laterIds.get(i)) : null;
            if (parent != null) {
                parents[span] = parent;
                types[span] = laterTypes[i];
            } else if (parents[span] == NONE && (i + 1 == laterIds.size() || laterSpans[i + 1] != span)) {
                faults.add(JaegerFault.MISSING_PARENT, ids[span], 0);
            }
        }
        cutCycles(starts);
    }

    private void cutCycles(long[] starts) {
        int[] seenFrom = new int[size];
        Arrays.fill(seenFrom, UNSEEN);
        for (int from = 0; from < size; from++) {
            int span = from;
            while (span >= 0 && seenFrom[span] == UNSEEN) {
                seenFrom[span] = from;
                span = parents[span];
            }
            if (span >= 0 && seenFrom[span] == from) {
                cut(span, starts);
            }
        }
    }

    private void cut(int onCycle, long[] starts) {
        int first = onCycle;
        for (int span = parents[onCycle]; span != onCycle; span = parents[span]) {
            if (starts[span] < starts[first] || (starts[span] == starts[first] && span < first)) {
                first = span;
            }
        }
        boolean self = parents[first] == first;
        faults.add(self ? JaegerFault.SELF_PARENT : JaegerFault.PARENT_CYCLE, ids[first], 0);
        parents[first] = CUT;
    }

    /** {@return the parent of a span, {@link #NONE} or {@link #CUT}} */
    int of(int span) {
        return parents[span];
    }

    /** {@return the type of the reference that named a span's parent} */
    int type(int span) {
        return types[span];
    }

    String id(int span) {
        return ids[span];
    }
}
