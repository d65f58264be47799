package io.clockwork;

import java.util.Objects;
import java.util.Optional;

/**
 * Decides per key whether an event is to be applied: is it NEW, a DUPLICATE, STALE or CONFLICTING?
 *
 * <p>A key names what events change: an order, a row, a document. For each key the gate keeps the join of the
 * timestamps that were applied and the ids of the last few events.
 *
 * <pre>{@code
 * switch (gate.offer(orderId, event, orders::save)) {
 *     case NEW -> log.info("saved");
 *     case CONFLICTING -> conflicts.add(event); // concurrent with what is stored: nothing was saved
 *     ...
 * }
 * }</pre>
 *
 * <p>Thread-safe. Operations on one key are linearizable: each takes effect at one moment between its start and its
 * end. No lock is held while an effect runs, and no call waits for one: while an event is being applied, others of its
 * key that are not settled yet get {@link Verdict#IN_PROGRESS}. So effects of one key never overlap and run in the order
 * in which they were admitted. {@code equals} and {@code hashCode} of keys are called under a lock and must not call back.
 *
 * <p>Memory is bounded by {@code maxKeys}, {@code maxIdsPerKey} and {@code maxNodes}. A gate that is full forgets the
 * key that was not offered, restored or looked up for longest; above 1,024 keys they are spread over sixteen parts by
 * hash, and each part forgets its own, so that some are forgotten a few percent early. The gate remembers the join of
 * all that it forgot: an event that happened after it is NEW, any other of a key that is not held is
 * {@link Verdict#UNKNOWN}, never NEW by guess.
 *
 * <p>An operation costs a map look-up, a comparison of two timestamps, O(n), and a scan of the remembered ids.
 *
 * <p>Events are told apart by what their producers stamped: an event that is sent again must keep its id and its
 * timestamp. Stamped anew under the same id it is recognised only while the id is remembered.
 *
 * @param <K> the keys; immutable, with {@code equals} and {@code hashCode}
 */
public final class CausalGate<K> {
    private static final int STRIPES = 16;
    /** Up to here one part is enough, and eviction is exact. */
    private static final int SINGLE_STRIPE_KEYS = 1_024;

    private final GateStripe<K>[] stripes;

    private CausalGate(int maxKeys, int maxIds, int maxNodes) {
        int count = maxKeys <= SINGLE_STRIPE_KEYS ? 1 : STRIPES;
        @SuppressWarnings({"unchecked", "rawtypes"}) // filled with GateStripe<K> below and never handed out
        GateStripe<K>[] parts = new GateStripe[count];
        for (int i = 0; i < count; i++) {
            parts[i] = new GateStripe<>(maxKeys / count + (i < maxKeys % count ? 1 : 0), maxIds, maxNodes);
        }
        stripes = parts;
    }

    /** {@return a gate with the default limits} */
    public static <K> CausalGate<K> create() {
        return new Builder().build();
    }

    /** {@return a builder that starts from the default limits} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Decides about an event and, when it is NEW, records at once that it was applied.
     *
     * @throws IllegalArgumentException if the event's causality counts nothing or has more than {@code maxNodes} nodes
     */
    public Verdict offer(K key, TracedEvent event) {
        return stripe(key).offer(key, Objects.requireNonNull(event, "event"));
    }

    /**
     * Decides about an event and, when it is NEW, runs {@code effect} on it and then records that it was applied.
     *
     * <p>When the effect throws, nothing is recorded: the event is NEW again when it is delivered again. The effect runs
     * in this thread, at most once, and may use the gate; for its own key it gets IN_PROGRESS.
     *
     * @throws X what the effect throws
     * @throws IllegalArgumentException if the event's causality counts nothing or has more than {@code maxNodes} nodes
     * @throws IllegalStateException if as many admissions are open as the gate may hold keys
     */
    public <X extends Exception> Verdict offer(K key, TracedEvent event, Effect<X> effect) throws X {
        Objects.requireNonNull(effect, "effect");
        try (Admission admission = admit(key, event)) {
            if (admission.verdict() == Verdict.NEW) {
                effect.apply(event);
                admission.commit();
            }
            return admission.verdict();
        }
    }

    /**
     * Decides about an event and, when it is NEW or CONFLICTING, gives the caller the right to apply it to the key.
     *
     * <p>Meant for try-with-resources: commit when the event was applied or the conflict resolved; closed without, all
     * is as before.
     *
     * @throws IllegalArgumentException if the event's causality counts nothing, or it or its join with what was applied
     *     has more than {@code maxNodes} nodes
     * @throws IllegalStateException if as many admissions are open as the gate may hold keys
     */
    public Admission admit(K key, TracedEvent event) {
        return stripe(key).admit(key, Objects.requireNonNull(event, "event"));
    }

    /**
     * Tells the gate that everything up to {@code applied} was applied to the key, as the caller's store says: after a
     * restart, or when an event was UNKNOWN. {@link VectorTimestamp#empty()} says that nothing was.
     *
     * <p>Joined with what the gate holds of the key; it never takes anything back.
     *
     * @throws IllegalArgumentException if the join has more than {@code maxNodes} nodes
     */
    public void restore(K key, VectorTimestamp applied) {
        stripe(key).restore(key, Objects.requireNonNull(applied, "applied"));
    }

    /** {@return the join of what was applied to the key; empty when the gate does not hold it} */
    public Optional<VectorTimestamp> applied(K key) {
        return Optional.ofNullable(stripe(key).applied(key));
    }

    /** {@return how many keys are held now} */
    public int size() {
        int sum = 0;
        for (GateStripe<K> stripe : stripes) {
            sum += stripe.size();
        }
        return sum;
    }

    /** {@return how many keys were forgotten so far} */
    public long evictions() {
        long sum = 0;
        for (GateStripe<K> stripe : stripes) {
            sum += stripe.evictions();
        }
        return sum;
    }

    private GateStripe<K> stripe(K key) {
        int hash = Objects.requireNonNull(key, "key").hashCode();
        // Fibonacci hashing: the upper bits depend on all bits of the hash code.
        return stripes[stripes.length == 1 ? 0 : (hash * 0x9E3779B9) >>> 28];
    }

    /** {@return how many keys are held and were forgotten, for logs} */
    @Override
    public String toString() {
        return "CausalGate[keys=" + size() + ", evictions=" + evictions() + ']';
    }

    /**
     * What is done with an event that is NEW.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Effect<X extends Exception> {
        /** Applies the event; thrown exceptions reach the caller of {@code offer}. */
        void apply(TracedEvent event) throws X;
    }

    /** Collects the limits of a gate. */
    public static final class Builder {
        private int maxKeys = 100_000;
        private int maxIdsPerKey = 16;
        private int maxNodes = 1_024;

        private Builder() {}

        /** Sets how many keys are held, at least 1; 100,000 unless set. */
        public Builder maxKeys(int limit) {
            maxKeys = Check.range("maxKeys", limit, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets of how many events a key remembers the id, at least 0; 16 unless set. */
        public Builder maxIdsPerKey(int limit) {
            maxIdsPerKey = Check.range("maxIdsPerKey", limit, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Sets how many nodes a timestamp may have, at least 1; 1,024 unless set. */
        public Builder maxNodes(int limit) {
            maxNodes = Check.range("maxNodes", limit, 1, Integer.MAX_VALUE);
            return this;
        }

        /** {@return a gate with these limits} */
        public <K> CausalGate<K> build() {
            return new CausalGate<>(maxKeys, maxIdsPerKey, maxNodes);
        }
    }
}
