package io.clockwork.analysis.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One span as it was read, before it is known which others there are. */
final class SpanRow {
    /** In place of a time that is missing or no number. */
    static final long NO_TIME = Long.MIN_VALUE;

    final int line;
    final String file;
    final SpanTraits traits = new SpanTraits();

    @Nullable
    String id;

    @Nullable
    String parentId;

    @Nullable
    String name;

    /** The service, once it is known; spans of one process share it. */
    Instance process = Instance.UNKNOWN;

    long start = NO_TIME;
    /** The end or, where {@link #hasDuration}, the duration. */
    long end = NO_TIME;

    boolean hasDuration;
    boolean followsFrom;
    /** A link to a span that this one only follows from. */
    @Nullable
    String followed;

    @Nullable
    String followedTrace;

    List<SpanMoment> moments = List.of();
    List<String> linkTraces = List.of();
    List<String> linkIds = List.of();

    /** Its number among all spans; that of a piece of another one says nothing. */
    int number;

    /** The next one of the same id. */
    @Nullable
    SpanRow next;

    /** How many others had its id and got new ones. */
    int repeats;

    SpanRow(int line, String file) {
        this.line = line;
        this.file = file;
    }

    /**
     * Who recorded spans.
     *
     * <p>{@code address} tells instances of one service apart. A service's name may stand behind its spans in the file.
     */
    static final class Instance {
        static final Instance UNKNOWN = new Instance();

        String service = "";
        String address = "";

        /** {@return whether both may be one: neither says anything that the other contradicts} */
        boolean fits(Instance other) {
            return fits(service, other.service) && fits(address, other.address);
        }

        private static boolean fits(String a, String b) {
            return a.isEmpty() || b.isEmpty() || a.equals(b);
        }
    }

    void moment(SpanMoment moment) {
        if (moments.isEmpty()) {
            moments = new ArrayList<>(2);
        }
        moments.add(moment);
    }

    void link(String trace, String span) {
        if (linkIds.isEmpty()) {
            linkTraces = new ArrayList<>(2);
            linkIds = new ArrayList<>(2);
        }
        linkTraces.add(trace);
        linkIds.add(span);
    }

    /** Takes what it follows from in its own trace for its parent, unless it has another one. */
    void takeFollowed(String trace) {
        if (followed != null && trace.equals(followedTrace) && (parentId == null || parentId.equals(followed))) {
            parentId = followed;
            followsFrom = true;
            int link = linkIds.lastIndexOf(followed);
            linkIds.remove(link);
            linkTraces.remove(link);
        }
    }

    SpanIdentity identity() {
        return new SpanIdentity(String.valueOf(id), start, end, String.valueOf(name), process.service);
    }

    /** Takes what another piece of the same span says and this one does not; returns whether there is any. */
    boolean merge(SpanRow piece) {
        SpanIdentity identity = identity();
        boolean hasTraits = traits.merge(piece.traits);
        boolean hasParent = parentId == null && piece.parentId != null;
        parentId = parentId == null ? piece.parentId : parentId;
        name = name == null ? piece.name : name;
        process = process.service.isEmpty() ? piece.process : process;
        start = start == NO_TIME || piece.start == NO_TIME
                ? Math.max(start, piece.start)
                : Math.min(start, piece.start);
        end = Math.max(end, piece.end);
        hasDuration |= piece.hasDuration;
        boolean hasMoments = addMoments(piece.moments);
        return hasTraits || hasParent || hasMoments || !identity.equals(identity());
    }

    private boolean addMoments(List<SpanMoment> others) {
        Set<SpanMoment> known = others.isEmpty() ? Set.of() : new TreeSet<>(moments);
        boolean added = false;
        for (SpanMoment moment : others) {
            if (!known.contains(moment)) {
                moment(moment);
                added = true;
            }
        }
        return added;
    }
}
