package io.clockwork;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much each node had done when an event happened: one counter a node, immutable.
 *
 * <p>For timestamps of events, {@code a.compare(b) == HAPPENS_BEFORE} holds exactly when <i>a</i> is in the causal
 * past of <i>b</i>. A node that is absent counts as 0; an explicit 0 is kept and written, yet makes no difference to
 * {@code equals}, {@code hashCode} or {@code compare}. The order is partial, hence no {@code Comparable}.
 *
 * <p>Comparing and merging cost O(n) where both sides share their node ids, as successive timestamps of one system
 * do, and O(n + m) otherwise. Look-up of one node is O(log n).
 *
 * @see <a href="https://www.vs.inf.ethz.ch/publ/papers/VirtTimeGlobStates.pdf">F. Mattern, <i>Virtual Time and Global
 *     States of Distributed Systems</i>, 1989</a>
 */
public final class VectorTimestamp {
    /*
     * A dot over a base: `base` is shared by all timestamps that a clock gives between two receives, and only the
     * owner's counter, which stands beside it, changes. base[self] is stale (at most `own`) and never read. self is -1
     * where no owner is known. There are no cache fields: the next one would cost eight bytes in every event.
     *
     * Longer than most classes here because everything that reads a base beside its stale entry stands in one place: compare,
     * merge and the clock's steps share that rule, and none of it is for other classes to know.
     */
    private static final VectorTimestamp EMPTY = new VectorTimestamp(NodeTable.EMPTY, new long[0], -1, 0);

    private final NodeTable table;
    private final long[] base;
    private final int self;
    private final long own;

    private VectorTimestamp(NodeTable table, long[] base, int self, long own) {
        this.table = table;
        this.base = base;
        this.self = self;
        this.own = own;
    }

    /** {@return the timestamp that knows no node} */
    public static VectorTimestamp empty() {
        return EMPTY;
    }

    /** {@return a timestamp of one node; throws {@link IllegalArgumentException} if id or counter is illegal} */
    public static VectorTimestamp of(String node, long counter) {
        return builder().put(node, counter).build();
    }

    /** {@return a timestamp of two nodes; throws {@link IllegalArgumentException} if one is illegal or stands twice} */
    public static VectorTimestamp of(String node1, long counter1, String node2, long counter2) {
        return builder().put(node1, counter1).put(node2, counter2).build();
    }

    /** {@return a timestamp of the map's entries; throws {@link IllegalArgumentException} if one is illegal} */
    public static VectorTimestamp copyOf(Map<String, Long> counters) {
        Builder builder = builder();
        counters.forEach(builder::put);
        return builder.build();
    }

    /**
     * Reads the canonical text form that {@link #toString()} writes: {@code a=1,b=0}, in any order of ids.
     *
     * @throws CausalityCodecException if the text is not of this form
     */
    public static VectorTimestamp parse(String text) {
        return CanonicalText.parseVector(text);
    }

    /** {@return a builder for decoders that learn entries one by one} */
    public static Builder builder() {
        return new Builder(NodeTable.EMPTY);
    }

    /**
     * Returns a builder that expects the nodes of {@code known}, in their order. While they come so, {@link
     * Builder#putNext} takes their counters without naming them; if these were all, the result shares its nodes with
     * {@code known}.
     */
    public static Builder builder(VectorTimestamp known) {
        return new Builder(known.table);
    }

    /** The start of a clock: {@code node} owns the timestamp and stands in it. */
    static VectorTimestamp start(String node, VectorTimestamp known) {
        int index = known.table.indexOf(node);
        if (index >= 0) {
            return new VectorTimestamp(known.table, known.column(), index, known.counterAt(index));
        }
        int at = -index - 1;
        long[] column = known.column();
        long[] wider = new long[column.length + 1];
        System.arraycopy(column, 0, wider, 0, at);
        System.arraycopy(column, at, wider, at + 1, column.length - at);
        return new VectorTimestamp(known.table.insert(at, node), wider, at, 0);
    }

    /** {@return how many nodes stand in this timestamp} */
    public int size() {
        return table.size();
    }

    /** {@return whether no node stands in this timestamp} */
    public boolean isEmpty() {
        return table.size() == 0;
    }

    /**
     * Returns the id at a position.
     *
     * @param index from 0 to {@code size() - 1}, in code point order of the ids
     */
    public String nodeAt(int index) {
        return table.ids[index];
    }

    /**
     * Returns the counter at a position.
     *
     * @param index from 0 to {@code size() - 1}, in code point order of the ids
     */
    public long counterAt(int index) {
        return index == self ? own : base[index];
    }

    /** {@return the counter of {@code node}; 0 when it does not stand here} */
    public long get(String node) {
        int index = table.indexOf(node);
        return index < 0 ? 0 : counterAt(index);
    }

    /** {@return whether {@code node} stands here, be it with 0} */
    public boolean contains(String node) {
        return table.indexOf(node) >= 0;
    }

    /** {@return the node whose event this is, where that is known} */
    public Optional<String> owner() {
        return self < 0 ? Optional.empty() : Optional.of(table.ids[self]);
    }

    /**
     * Returns the ids in code point order, unmodifiable. Timestamps that share their nodes, as those of one clock do between
     * two nodes that it learns of, return the very same list: what is made of the ids can be kept beside it.
     */
    public List<String> nodes() {
        return table.nodes;
    }

    /** {@return the entries in code point order of the ids; an unmodifiable view that boxes what it hands out} */
    public Map<String, Long> asMap() {
        return new VectorMap(this);
    }

    /** {@return how this timestamp relates to {@code other}; stops at the first proof of concurrency} */
    public CausalityRelation compare(VectorTimestamp other) {
        if (table == other.table || table.sameIds(other.table)) {
            return Counters.relation(compareColumns(other));
        }
        return Counters.relation(compareByMergePass(other));
    }

    /*
     * Of the same ids: the owners' entries one by one, then the bases at one go. That scan reads the stale entries
     * too, and a stale entry can only add a finding that is not there. In timestamps of one execution it does not: the
     * base was made at a receive, with the owner's counter of that moment, and whoever knows that owner's earlier
     * counters knew them then. So the answer is mostly settled, and otherwise the scan is done again without them.
     */
    private int compareColumns(VectorTimestamp other) {
        int seen = 0;
        if (self >= 0) {
            seen = Counters.pair(own, other.counterAt(self), seen);
        }
        if (other.self >= 0) {
            seen = Counters.pair(counterAt(other.self), other.own, seen);
        }
        if (base == other.base || seen == Counters.BOTH) {
            return seen;
        }
        int found = Counters.scan(base, other.base, seen);
        return found == seen || (self < 0 && other.self < 0) ? found : compareWithoutStale(other, seen);
    }

    private int compareWithoutStale(VectorTimestamp other, int ownersSeen) {
        int seen = ownersSeen;
        for (int i = 0; i < base.length && seen != Counters.BOTH; i++) {
            if (i != self && i != other.self) {
                seen = Counters.pair(base[i], other.base[i], seen);
            }
        }
        return seen;
    }

    /**
     * Returns how two events of one execution relate, by their owners' counters alone: O(1) where both share their
     * table or its ids stand alike, O(log n) otherwise.
     *
     * <p>For timestamps that clocks gave for events, unaltered, the answer is that of {@link #compare}: whoever knows an
     * event's own counter knows everything that the event knew. It says nothing about {@linkplain #merge merged}
     * timestamps, which are the time of no event.
     *
     * @throws IllegalArgumentException if the owner of one of them is not known
     * @see <a href="https://www.vs.inf.ethz.ch/publ/papers/VirtTimeGlobStates.pdf">F. Mattern, <i>Virtual Time and
     *     Global States of Distributed Systems</i>, 1989, section 5</a>
     */
    public CausalityRelation compareEvents(VectorTimestamp other) {
        if (self < 0 || other.self < 0) {
            throw new IllegalArgumentException("the owner of " + (self < 0 ? "this" : "the other")
                    + " timestamp is not known, as it came from no clock; use compare");
        }
        int indexThere = other.indexOf(table, self);
        int indexHere = indexOf(other.table, other.self);
        if (indexHere == self) {
            return Counters.relation(Counters.pair(own, other.own, 0));
        }
        // Two events of one node are ordered by its counter; of two nodes, at most one can know the other's.
        boolean before = indexThere >= 0 && other.counterAt(indexThere) >= own;
        boolean after = indexHere >= 0 && counterAt(indexHere) >= other.own;
        return before
                ? CausalityRelation.HAPPENS_BEFORE
                : after ? CausalityRelation.HAPPENS_AFTER : CausalityRelation.CONCURRENT;
    }

    /** {@return where id {@code i} of {@code theirs} stands in this table, negative when it does not} */
    private int indexOf(NodeTable theirs, int i) {
        boolean alike = theirs == table || (i < table.size() && table.compareIds(i, theirs, i) == 0);
        return alike ? i : table.indexOf(theirs.ids[i]);
    }

    private int compareByMergePass(VectorTimestamp other) {
        int seen = 0;
        int i = 0;
        int j = 0;
        while (i < size() && j < other.size() && seen != Counters.BOTH) {
            for (int run = table.commonRun(i, other.table, j); run > 0; run--) {
                seen = Counters.pair(counterAt(i++), other.counterAt(j++), seen);
            }
            if (i < size() && j < other.size()) {
                seen = table.compareIds(i, other.table, j) < 0
                        ? Counters.pair(counterAt(i++), 0, seen)
                        : Counters.pair(0, other.counterAt(j++), seen);
            }
        }
        while (i < size() && seen != Counters.BOTH) {
            seen = Counters.pair(counterAt(i++), 0, seen);
        }
        while (j < other.size() && seen != Counters.BOTH) {
            seen = Counters.pair(0, other.counterAt(j++), seen);
        }
        return seen;
    }

    /**
     * Returns the least timestamp that knows what either side knows: the larger counter of each node.
     *
     * <p>It is the time of no event: two such results can be EQUAL without being one event.
     */
    public VectorTimestamp merge(VectorTimestamp other) {
        return joined(other, -1, 0);
    }

    /** The join, owned by index {@code owner} of this table with counter {@code counter}, or by nobody. */
    private VectorTimestamp joined(VectorTimestamp other, int owner, long counter) {
        NodeTable union = table.union(other.table);
        if (owner >= 0) {
            union = union.withRetired(table.retired);
        }
        long[] column;
        if (union == table && table.size() == other.table.size()) {
            column = Counters.max(base, other.base);
            // The stale entries that went in are at most what stands beside their bases.
            raiseOwn(column);
            other.raiseOwn(column);
        } else {
            column = new long[union.size()];
            raise(column, union);
            other.raise(column, union);
        }
        int index = owner < 0 || union == table ? owner : union.indexOf(table.ids[owner]);
        if (index >= 0) {
            column[index] = counter;
        }
        return new VectorTimestamp(union, column, index, counter);
    }

    private void raiseOwn(long[] column) {
        if (self >= 0) {
            column[self] = Math.max(column[self], own);
        }
    }

    /** Raises {@code column}, kept in the order of {@code wider}, which holds all ids of this. */
    private void raise(long[] column, NodeTable wider) {
        if (wider == table) {
            for (int i = 0; i < base.length; i++) {
                column[i] = Math.max(column[i], base[i]);
            }
            raiseOwn(column);
            return;
        }
        int i = 0;
        int j = 0;
        while (i < base.length) {
            for (int run = table.commonRun(i, wider, j); run > 0; run--, i++, j++) {
                column[j] = Math.max(column[j], counterAt(i));
            }
            j++;
        }
    }

    /** {@return the counters with the owner's in place; perhaps shared, so read only} */
    private long[] column() {
        if (self < 0 || base[self] == own) {
            return base;
        }
        long[] column = base.clone();
        column[self] = own;
        return column;
    }

    /** The owner's next event. The owner must be known. */
    VectorTimestamp next() {
        if (own == Long.MAX_VALUE) {
            throw new ClockOverflowException(table.ids[self]);
        }
        return new VectorTimestamp(table, base, self, own + 1);
    }

    /** The owner's event of receiving {@code remote}. The owner must be known. */
    VectorTimestamp received(VectorTimestamp remote) {
        refuseOwnCounterAhead(remote);
        if (own == Long.MAX_VALUE) {
            throw new ClockOverflowException(table.ids[self]);
        }
        if (knows(remote)) {
            return next();
        }
        VectorTimestamp living = living(remote);
        return !table.retired.isEmpty() && knows(living) ? next() : joined(living, self, own + 1);
    }

    /** What the owner knows after looking at {@code remote}, without an event. The owner must be known. */
    VectorTimestamp learned(VectorTimestamp remote) {
        refuseOwnCounterAhead(remote);
        if (knows(remote)) {
            return this;
        }
        VectorTimestamp living = living(remote);
        return !table.retired.isEmpty() && knows(living) ? this : joined(living, self, own);
    }

    /** As {@link #learned}, adopting the owner's counter when {@code remote} has a larger one. */
    VectorTimestamp recovered(VectorTimestamp remote) {
        return joined(living(remote), self, Math.max(own, remote.get(table.ids[self])));
    }

    /** What the owner shows from now on, without {@code node} and never learning of it again. */
    VectorTimestamp retiring(String node) {
        if (node.equals(table.ids[self])) {
            throw new IllegalArgumentException("node \"" + Excerpt.of(node)
                    + "\" is the clock's own and cannot be retired by it; start a new clock under a new instance id");
        }
        VectorTimestamp rest = without(NodeIds.check(node));
        return new VectorTimestamp(rest.table.withRetired(table.retired.with(node)), rest.base, rest.self, rest.own);
    }

    /** {@return {@code remote} without the nodes that this clock has retired; itself when it holds none of them} */
    private VectorTimestamp living(VectorTimestamp remote) {
        if (table.retired.isEmpty() || table.sameIds(remote.table)) {
            return remote;
        }
        VectorTimestamp rest = remote;
        for (String node : remote.table.ids) {
            if (table.retired.contains(node)) {
                rest = rest.without(node);
            }
        }
        return rest;
    }

    /** {@return this without one node; without an owner, if it was that} */
    private VectorTimestamp without(String node) {
        int index = table.indexOf(node);
        if (index < 0) {
            return this;
        }
        long[] fewer = new long[base.length - 1];
        System.arraycopy(base, 0, fewer, 0, index);
        System.arraycopy(base, index + 1, fewer, index, fewer.length - index);
        NodeTable rest = table.remove(index);
        return self == index
                ? new VectorTimestamp(rest, fewer, -1, 0)
                : new VectorTimestamp(rest, fewer, self > index ? self - 1 : self, own);
    }

    private void refuseOwnCounterAhead(VectorTimestamp remote) {
        long claimed = remote.table == table ? remote.counterAt(self) : remote.get(table.ids[self]);
        if (claimed > own) {
            throw new OwnCounterAheadException(table.ids[self], own, claimed);
        }
    }

    /**
     * {@return whether receiving {@code remote} would surely teach nothing, not even an id} The stale entry of this
     * side can make it say no wrongly; the join then changes nothing but that it writes this entry anew.
     */
    private boolean knows(VectorTimestamp remote) {
        if (table == remote.table || table.sameIds(remote.table)) {
            return (remote.self < 0 || remote.own <= counterAt(remote.self))
                    && (base == remote.base || !Counters.anyAbove(remote.base, base, 0));
        }
        int i = 0;
        int j = 0;
        while (i < base.length && j < remote.base.length) {
            for (int run = table.commonRun(i, remote.table, j); run > 0; run--) {
                if (remote.counterAt(j++) > counterAt(i++)) {
                    return false;
                }
            }
            i++;
        }
        return j == remote.base.length;
    }

    /** {@return whether both are EQUAL: the same counters, absent being 0; who owns them does not matter} */
    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof VectorTimestamp other && compare(other) == CausalityRelation.EQUAL;
    }

    @Override
    public int hashCode() {
        // A sum over the non-zero entries, so that an explicit zero and an absent node hash alike.
        int hash = 0;
        for (int i = 0; i < size(); i++) {
            long counter = counterAt(i);
            if (counter != 0) {
                hash += table.ids[i].hashCode() ^ (Long.hashCode(counter) * 0x9E3779B1);
            }
        }
        return hash;
    }

    /** {@return the canonical text form: {@code a=1,b=0}, ids in code point order; empty for no nodes} */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(size() * 16);
        for (int i = 0; i < size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(table.ids[i]).append('=').append(counterAt(i));
        }
        return out.toString();
    }

    /** Collects entries in any order; checks each one when it is put. */
    public static final class Builder {
        private static final String[] NO_IDS = {};
        private static final long[] NO_COUNTERS = {};

        /** The nodes of the entries so far and of those to come; empty once another was put. */
        private NodeTable expected;
        /** The ids of the entries so far, unless all were expected. */
        private String[] ids = NO_IDS;

        private long[] counters;
        private int size;

        private Builder(NodeTable expected) {
            this.expected = expected;
            counters = expected == NodeTable.EMPTY ? NO_COUNTERS : new long[expected.size()];
        }

        /**
         * Adds one entry.
         *
         * @param node a legal node id: not empty, at most 255 UTF-8 bytes, no control characters, lone surrogates,
         *     {@code '='} or {@code ','}
         * @param counter from 0 to 2<sup>63</sup>&minus;1
         * @throws IllegalArgumentException if one of them is illegal; the builder is left as it was
         */
        public Builder put(String node, long counter) {
            NodeIds.check(node);
            if (counter < 0) {
                throw outOfRange(node, counter);
            }
            if (expected != NodeTable.EMPTY) {
                ids = Arrays.copyOf(expected.ids, counters.length);
                expected = NodeTable.EMPTY;
            }
            if (size == counters.length) {
                int capacity = Math.max(4, size * 2);
                ids = Arrays.copyOf(ids, capacity);
                counters = Arrays.copyOf(counters, capacity);
            }
            ids[size] = node;
            counters[size++] = counter;
            return this;
        }

        /**
         * Adds the next of the expected nodes.
         *
         * @param counter from 0 to 2<sup>63</sup>&minus;1
         * @throws IllegalArgumentException if the counter is illegal; the builder is left as it was
         * @throws IllegalStateException if no more node is expected, or another one was put
         */
        public Builder putNext(long counter) {
            if (size >= expected.size()) {
                throw new IllegalStateException("no node is expected after entry " + size + "; name it with put");
            }
            if (counter < 0) {
                throw outOfRange(expected.ids[size], counter);
            }
            counters[size++] = counter;
            return this;
        }

        private static IllegalArgumentException outOfRange(String node, long counter) {
            return new IllegalArgumentException("counter of node \"" + Excerpt.of(node) + "\" must be from 0 to "
                    + Long.MAX_VALUE + ", was " + counter);
        }

        /** {@return how many entries were put} */
        public int size() {
            return size;
        }

        /**
         * Returns the timestamp and leaves the builder empty, expecting nothing; O(n) when the entries came in order of
         * their ids, O(n log n) otherwise.
         *
         * @throws IllegalArgumentException if a node was put twice
         */
        public VectorTimestamp build() {
            VectorTimestamp built = size > 0 && size == expected.size()
                    ? new VectorTimestamp(expected, counters, -1, 0)
                    : buildNamed(expected == NodeTable.EMPTY ? ids : expected.ids, counters, size);
            expected = NodeTable.EMPTY;
            ids = NO_IDS;
            counters = NO_COUNTERS;
            size = 0;
            return built;
        }

        /** Static, like what it calls, so that the builder escapes nowhere and need not be allocated. */
        private static VectorTimestamp buildNamed(String[] ids, long[] counters, int size) {
            for (int i = 1; i < size; i++) {
                if (NodeIds.compare(ids[i - 1], ids[i]) >= 0) {
                    return buildUnsorted(ids, counters, size);
                }
            }
            return size == 0
                    ? EMPTY
                    : new VectorTimestamp(
                            NodeTable.ofSorted(Arrays.copyOf(ids, size)), Arrays.copyOf(counters, size), -1, 0);
        }

        private static VectorTimestamp buildUnsorted(String[] ids, long[] counters, int size) {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> NodeIds.compare(ids[a], ids[b]));
            String[] sortedIds = new String[size];
            long[] sortedCounters = new long[size];
            for (int i = 0; i < size; i++) {
                sortedIds[i] = ids[order[i]];
                sortedCounters[i] = counters[order[i]];
                if (i > 0 && sortedIds[i].equals(sortedIds[i - 1])) {
                    throw new IllegalArgumentException(
                            "node id \"" + Excerpt.of(sortedIds[i]) + "\" stands twice; give each node one counter");
                }
            }
            return new VectorTimestamp(NodeTable.ofSorted(sortedIds), sortedCounters, -1, 0);
        }
    }
}
