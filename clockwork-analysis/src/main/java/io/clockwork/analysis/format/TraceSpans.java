package io.clockwork.analysis.format;

import io.clockwork.analysis.SpanKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The spans of one trace by their ids. */
final class TraceSpans {
    /** So many spans may have one id, as the two halves of a call or the tries of a delivery do. */
    private static final int MAX_HALVES = 64;

    final String name;
    final List<SpanRow> rows = new ArrayList<>();
    final Map<String, SpanRow> byId = new HashMap<>();
    /** By what they were before, the spans that got another id. */
    private final Map<SpanIdentity, SpanRow> renamed = new HashMap<>();

    private final boolean sharedIds;
    private final SpanFaults faults;

    TraceSpans(String name, boolean sharedIds, SpanFaults faults) {
        this.name = name;
        this.sharedIds = sharedIds;
        this.faults = faults;
    }

    /** {@return the name that the trace had before it was written in a form that could not hold it} */
    String originalName() {
        String original = name;
        for (SpanRow row : rows) {
            original = row.traits.traceOr(original);
        }
        return original;
    }

    /** Takes a span into its trace: as one of its own, or as a piece of one that is there. */
    void enter(SpanRow row, List<SpanRow> all) {
        if (row.id == null) {
            row.id = "span " + (all.size() + 1);
            faults.add(SpanFault.MISSING_SPAN_ID, row.id, row);
        }
        SpanRow first = byId.putIfAbsent(row.id, row);
        if (first != null) {
            SpanRow same = sharedIds ? pieceOf(first, row) : duplicateOf(first, row);
            if (same != null) {
                boolean isNew = same.merge(row) && sharedIds;
                faults.add(isNew ? SpanFault.SPAN_PIECES : SpanFault.DUPLICATE_SPAN, row.id, row);
                return;
            }
            if (!sharedIds || ++first.repeats >= MAX_HALVES) {
                rename(row);
            } else {
                addHalf(first, row);
            }
        }
        row.number = all.size();
        all.add(row);
    }

    private static void addHalf(SpanRow first, SpanRow row) {
        if (first.traits.kind() == SpanKind.CLIENT && row.traits.kind() == SpanKind.SERVER) {
            row.traits.shared(); // some tracers forget to say so
        }
        if (first.parentId == null) {
            first.parentId = row.parentId;
        }
        SpanRow last = first;
        for (SpanRow next = last.next; next != null; next = last.next) {
            last = next;
        }
        last.next = row;
    }

    private static @Nullable SpanRow pieceOf(SpanRow first, SpanRow row) {
        for (SpanRow other = first; other != null; other = other.next) {
            boolean sameHalf = other.traits.isShared() == row.traits.isShared();
            if (sameHalf && other.process.fits(row.process)) {
                return other;
            }
        }
        return null;
    }

    private @Nullable SpanRow duplicateOf(SpanRow first, SpanRow row) {
        SpanIdentity identity = row.identity();
        return first.identity().equals(identity) ? first : renamed.get(identity);
    }

    private void rename(SpanRow row) {
        faults.add(SpanFault.REPEATED_SPAN_ID, String.valueOf(row.id), row);
        renamed.put(row.identity(), row);
        SpanRow first = Objects.requireNonNull(byId.get(row.id));
        String id = row.id;
        String name;
        do {
            name = id + '_' + ++first.repeats;
        } while (byId.putIfAbsent(name, row) != null);
        row.id = name;
    }
}
