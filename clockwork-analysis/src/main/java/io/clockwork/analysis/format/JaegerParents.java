package io.clockwork.analysis.format;

import io.clockwork.analysis.internal.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids of one trace's spans and, from their references, each span's parent. */
final class JaegerParents {
    /** The parent of a span without one. */
    static final int NONE = -1;
    /** The parent of a span whose reference would close a cycle. */
    static final int CUT = -2;

    private final SpanFaults faults;
    /** The ids; their numbers are those of the spans. */
    private final Names ids = new Names();
    /** How often an id was repeated, so that the next free suffix is found at once. */
    private final Map<String, Integer> repeats = new HashMap<>();

    private int size;
    private int[] parents = new int[16];
    private byte[] types = new byte[16];

    /** References, in order, that name a span that had not come yet, and those after them. */
    private final List<String> laterIds = new ArrayList<>();

    private final SpanLinks links = new SpanLinks();
    /** Of spans whose parent is not there or was cut off, its id. */
    private final Map<Integer, String> missing = new LinkedHashMap<>();

    private int[] laterSpans = new int[16];
    private byte[] laterTypes = new byte[16];

    JaegerParents(SpanFaults faults) {
        this.faults = faults;
    }

    /** Adds a span with its references; returns its id, renamed if it is missing or another span's. */
    String add(JaegerSpan span) {
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, size * 2);
            types = Arrays.copyOf(types, size * 2);
        }
        String name = span.id;
        if (name == null) {
            name = "span " + (size + 1);
            faults.add(SpanFault.MISSING_SPAN_ID, name, span.line);
        }
        if (ids.numberOf(name) < size) {
            faults.add(SpanFault.REPEATED_SPAN_ID, name, span.line);
            name = rename(name);
        }
        parents[size] = NONE;
        takeReferences(name, span);
        size++;
        return name;
    }

    private String rename(String id) {
        int suffix = repeats.getOrDefault(id, 0);
        String name;
        do {
            name = id + "_" + ++suffix;
        } while (ids.numberOf(name) < size);
        repeats.put(id, suffix);
        return name;
    }

    private void takeReferences(String name, JaegerSpan span) {
        boolean waits = false;
        for (JaegerSpan.Reference reference : span.takeReferences()) {
            String id = reference.id();
            byte type = reference.type();
            if (id == null || type < 0) {
                faults.add(SpanFault.UNKNOWN_REFERENCE, name, span.line);
                continue;
            }
            int parent = waits ? -1 : ids.find(id);
            if (parent >= 0 && parents[size] == NONE) {
                parents[size] = parent;
                types[size] = type;
            } else if (parent >= 0) {
                links.add(parent, size);
            } else {
                later(id, type);
                waits |= parents[size] == NONE;
            }
        }
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
            String id = laterIds.get(i);
            int found = ids.find(id);
            if (found < 0) {
                missing.putIfAbsent(span, id);
            } else if (parents[span] == NONE) {
                parents[span] = found;
                types[span] = laterTypes[i];
            } else {
                links.add(found, span);
            }
        }
        missing.forEach((span, id) -> faults.add(
                parents[span] == NONE ? SpanFault.MISSING_PARENT : SpanFault.MISSING_LINK, ids.get(span), 0));
        missing.keySet().removeIf(span -> parents[span] != NONE);
        cutCycles(starts);
    }

    private void cutCycles(long[] starts) {
        ParentCycles.cut(parents, size, starts, span -> {
            boolean self = parents[span] == span;
            faults.add(self ? SpanFault.SELF_PARENT : SpanFault.PARENT_CYCLE, ids.get(span), 0);
            missing.put(span, ids.get(parents[span]));
            parents[span] = CUT;
        });
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
        return ids.get(span);
    }

    /** {@return the id of a parent that is not there or was cut off} */
    @Nullable
    String missing(int span) {
        return missing.isEmpty() ? null : missing.get(span);
    }

    /** Hands over the references beside those to parents: from a span to one that it caused. */
    void links(SpanLinks.Edges edges) {
        links.resolve(parents, size, edges, span -> faults.add(SpanFault.LINK_CYCLE, ids.get(span), 0));
    }
}
