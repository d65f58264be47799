package io.clockwork;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Makes one value of several concurrent ones.
 *
 * <p>Replicas that resolve on their own come to the same value when the result does not depend on the order of the
 * siblings: a total comparator, an operator that is commutative, associative and idempotent.
 *
 * @param <V> the values
 */
@FunctionalInterface
public interface MergeStrategy<V> {
    /**
     * Returns the value that takes the place of all.
     *
     * @param siblings at least two, unmodifiable, in the order of their nodes and counters
     */
    V merge(List<V> siblings);

    /** {@return the strategy that keeps the greatest sibling and gives up the others; of equals, the last one} */
    static <V> MergeStrategy<V> lastWriter(Comparator<? super V> order) {
        return siblings -> {
            // Collections.max keeps the first of equals.
            List<V> reversed = new ArrayList<>(siblings);
            Collections.reverse(reversed);
            return Collections.max(reversed, order);
        };
    }

    /** {@return the strategy that combines the siblings two by two, from the first to the last} */
    static <V> MergeStrategy<V> merging(BinaryOperator<V> operator) {
        return siblings -> siblings.stream().reduce(operator).orElseThrow();
    }

    /** {@return the strategy that keeps every element that some sibling has; unmodifiable, in the order of finding} */
    static <T> MergeStrategy<Set<T>> union() {
        return siblings -> {
            Set<T> union = new LinkedHashSet<>();
            siblings.forEach(union::addAll);
            return Collections.unmodifiableSet(union);
        };
    }
}
