package io.clockwork;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replicated value that keeps concurrent versions side by side until somebody resolves them; immutable.
 *
 * <p>A client reads {@link #values()} together with {@link #context()}, and writes with that context. The write takes the
 * place of exactly the versions that the client had seen; versions that it had not seen stay, as siblings. Each version
 * has a dot of its own, the node that took the write and its count of writes, so two clients that write through one server
 * without having seen each other leave two siblings, and a client that writes again and again leaves one: versions do not
 * explode as they do under plain version vectors.
 *
 * <p>Laws: {@code merge} is commutative, associative and idempotent; {@code values()} are always exactly the maximal
 * writes, those that no known write had seen. Nothing is lost and nothing comes back.
 *
 * <p>Counters are those of this value's writes, not of a service's clock. A node writes to its own latest state only,
 * one write after another: keep it where a compare-and-set guards it. Contexts come back from clients: one that claims
 * writes which never were hides them when they come, so let only trusted clients see inside, or sign them.
 *
 * <p>With <i>s</i> siblings and <i>n</i> nodes, {@code put}, {@code merge} and {@code remove} cost O(s log n + n).
 *
 * @param <V> the values; immutable, with {@code equals} (arrays are compared by content)
 * @see <a href="https://doi.org/10.1007/978-3-662-43352-2_6">P. S. Almeida, C. Baquero, R. Gonçalves, N. Preguiça, V.
 *     Fonte, <i>Scalable and Accurate Causality Tracking for Eventually Consistent Stores</i>, DAIS 2014</a>
 * @see <a href="https://arxiv.org/abs/1011.5808">N. Preguiça, C. Baquero, P. S. Almeida, V. Fonte, R. Gonçalves, <i>Dotted
 *     Version Vectors: Logical Clocks for Optimistic Replication</i>, 2010</a>
 */
public final class Siblings<V> {
    /*
     * The context is the version vector of all writes that this state has taken in, alive or replaced. Each version's dot
     * is in it. A write that is in the context without a version was replaced, so the other side of a merge must drop it;
     * one that is not in the context is news. That is the whole of merging.
     */
    private static final Comparator<Version<?>> BY_DOT = (a, b) -> {
        int order = NodeIds.compare(a.node, b.node);
        return order != 0 ? order : Long.compare(a.counter, b.counter);
    };
    private static final Siblings<?> EMPTY = new Siblings<>(VectorTimestamp.empty(), List.of());

    private final VectorTimestamp context;
    private final List<Version<V>> versions;

    private Siblings(VectorTimestamp context, List<Version<V>> versions) {
        this.context = context;
        this.versions = versions;
    }

    /**
     * One version of a value with the dot that names it.
     *
     * @param node the node that took the write
     * @param counter how many writes the node had taken then, this one included; at least 1
     * @param value what was written
     */
    public record Version<V>(String node, long counter, V value) {
        /** Creates a version; throws {@link IllegalArgumentException} if the node or the counter is illegal. */
        public Version {
            NodeIds.check(node);
            if (counter < 1) {
                throw new IllegalArgumentException("counter of a version must be from 1 to " + Long.MAX_VALUE + ", was "
                        + counter + "; the first write of a node counts 1");
            }
            Objects.requireNonNull(value, "value");
        }
    }

    /** {@return the value that nobody has written yet} */
    @SuppressWarnings("unchecked") // holds no V
    public static <V> Siblings<V> empty() {
        return (Siblings<V>) EMPTY;
    }

    /**
     * Returns the state that {@link #context()} and {@link #versions()} described, as saved or sent before.
     *
     * @throws IllegalArgumentException if a version is not in the context, or two versions have one dot
     */
    public static <V> Siblings<V> of(VectorTimestamp context, Collection<Version<V>> versions) {
        List<Version<V>> sorted = new ArrayList<>(versions);
        sorted.sort(BY_DOT);
        for (int i = 0; i < sorted.size(); i++) {
            Version<V> version = sorted.get(i);
            if (context.get(version.node) < version.counter) {
                throw new IllegalArgumentException("context must count " + dot(version) + ", it counts "
                        + context.get(version.node) + "; save context() and versions() together");
            }
            if (i > 0 && BY_DOT.compare(sorted.get(i - 1), version) == 0) {
                throw new IllegalArgumentException(dot(version) + " stands twice; each version has a dot of its own");
            }
        }
        return new Siblings<>(context, List.copyOf(sorted));
    }

    /**
     * Returns the state after {@code node} took a client's write.
     *
     * @param context what the client had read; {@link VectorTimestamp#empty()} if nothing
     * @param node the node that takes the write, and whose latest state this is
     * @throws IllegalArgumentException if the context counts more writes of {@code node} than the node itself: it was
     *     forged, or the node lost its state and must first {@link #merge} that of a replica
     * @throws ClockOverflowException if the node's counter is at its limit
     */
    public Siblings<V> put(VectorTimestamp context, String node, V value) {
        NodeIds.check(node);
        Objects.requireNonNull(value, "value");
        long mine = this.context.get(node);
        if (context.get(node) > mine) {
            throw new IllegalArgumentException("context must count at most the " + mine + " writes that node \""
                    + Excerpt.of(node) + "\" has taken, it counts " + context.get(node)
                    + ": forged, or the node lost its state; refuse it, or first merge the state of a replica");
        }
        VectorTimestamp after =
                VectorTimestamp.start(node, this.context.merge(context)).next();
        List<Version<V>> kept = unseenBy(context);
        kept.add(new Version<>(node, mine + 1, value));
        kept.sort(BY_DOT);
        return new Siblings<>(after, List.copyOf(kept));
    }

    /** {@return the state after a client that had read {@code context} deleted what it had seen; other siblings stay} */
    public Siblings<V> remove(VectorTimestamp context) {
        return new Siblings<>(this.context.merge(context), List.copyOf(unseenBy(context)));
    }

    private List<Version<V>> unseenBy(VectorTimestamp context) {
        List<Version<V>> unseen = new ArrayList<>(versions.size() + 1);
        for (Version<V> version : versions) {
            if (context.get(version.node) < version.counter) {
                unseen.add(version);
            }
        }
        return unseen;
    }

    /**
     * Returns what both replicas know: anti-entropy.
     *
     * @throws IllegalArgumentException if one dot names two values, because two nodes share an id or one lost its state:
     *     either value could be the lost one
     */
    public Siblings<V> merge(Siblings<V> other) {
        List<Version<V>> merged = new ArrayList<>(versions.size() + other.versions.size());
        int i = 0;
        int j = 0;
        while (i < versions.size() || j < other.versions.size()) {
            int order = i == versions.size()
                    ? 1
                    : j == other.versions.size() ? -1 : BY_DOT.compare(versions.get(i), other.versions.get(j));
            if (order < 0) {
                addUnlessSeen(versions.get(i++), other.context, merged);
            } else if (order > 0) {
                addUnlessSeen(other.versions.get(j++), context, merged);
            } else {
                merged.add(requireSame(versions.get(i++), other.versions.get(j++)));
            }
        }
        return new Siblings<>(context.merge(other.context), List.copyOf(merged));
    }

    private static <V> void addUnlessSeen(Version<V> version, VectorTimestamp context, List<Version<V>> to) {
        if (context.get(version.node) < version.counter) {
            to.add(version);
        }
    }

    private static <V> Version<V> requireSame(Version<V> a, Version<V> b) {
        if (!Objects.deepEquals(a.value, b.value)) {
            throw new IllegalArgumentException(
                    dot(a) + " must name one value, names two: two nodes share the id, or the"
                            + " node lost its state; give each instance an id of its own, and values an equals method");
        }
        return a;
    }

    /** {@return what a reader has seen, to be given back with its write} */
    public VectorTimestamp context() {
        return context;
    }

    /** {@return the concurrent values, unmodifiable, in the order of their nodes and counters; empty if unwritten or removed} */
    public List<V> values() {
        return versions.stream().map(Version::value).toList();
    }

    /** {@return the concurrent values with their dots, unmodifiable, in the order of values()} */
    public List<Version<V>> versions() {
        return versions;
    }

    /** {@return whether there is more than one value} */
    public boolean isConflicting() {
        return versions.size() > 1;
    }

    /** {@return the value: the only one, or what {@code strategy} makes of several; empty if there is none} */
    public Optional<V> value(MergeStrategy<V> strategy) {
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.size() == 1 ? versions.get(0).value : strategy.merge(values()));
    }

    /**
     * Returns the state after {@code node} wrote what {@code strategy} makes of several siblings; this where there are
     * none to resolve.
     *
     * <p>Siblings that are all equal become the first of them without a new write. So replicas that resolve alike come to
     * rest, instead of making siblings of each other's resolutions for ever.
     *
     * @throws ClockOverflowException if the node's counter is at its limit
     */
    public Siblings<V> resolve(String node, MergeStrategy<V> strategy) {
        if (versions.size() < 2) {
            return this;
        }
        Version<V> first = versions.get(0);
        if (versions.stream().allMatch(v -> Objects.deepEquals(v.value, first.value))) {
            return new Siblings<>(context, List.of(first));
        }
        return put(context, node, strategy.merge(values()));
    }

    private static String dot(Version<?> version) {
        return "write " + version.counter + " of node \"" + Excerpt.of(version.node) + '"';
    }

    /** {@return whether both know the same writes and hold the same versions} */
    @Override
    public boolean equals(@Nullable Object o) {
        if (!(o instanceof Siblings<?> other)
                || versions.size() != other.versions.size()
                || !context.equals(other.context)) {
            return false;
        }
        for (int i = 0; i < versions.size(); i++) {
            Version<V> mine = versions.get(i);
            Version<?> theirs = other.versions.get(i);
            if (BY_DOT.compare(mine, theirs) != 0 || !Objects.deepEquals(mine.value, theirs.value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return context.hashCode() * 31 + Arrays.deepHashCode(values().toArray());
    }

    /** {@return values with their dots, and the context, as in {@code {a#2: x, b#1: y} of a=2,b=1}} */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{");
        for (Version<V> version : versions) {
            out.append(out.length() > 1 ? ", " : "")
                    .append(version.node)
                    .append('#')
                    .append(version.counter)
                    .append(": ")
                    .append(version.value);
        }
        return out.append("} of ").append(context).toString();
    }
}
