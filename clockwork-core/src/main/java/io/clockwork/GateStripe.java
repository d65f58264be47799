package io.clockwork;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link CausalGate}'s keys under one lock: what was applied to each, which are being applied, and what is
 * left of the keys that were evicted.
 *
 * <p>Every method is one short critical section that calls nothing but {@code equals} and {@code hashCode} of keys.
 */
final class GateStripe<K> {
    /*
     * The watermark is the join of what was applied to all evicted keys. For an event E of a key that is not held:
     *   nothing evicted, or watermark -> E    E is after whatever was applied to its key, if anything was: NEW
     *   otherwise                             E may have been applied (E -> watermark), or be concurrent to what was
     *                                         applied: only the caller's store knows
     * A watermark wider than maxNodes would grow without bound under invented node ids. It is then given up, and every
     * key that is not held is UNKNOWN: the safe side.
     */
    private final int maxKeys;
    private final int maxIds;
    private final int maxNodes;
    private final LinkedHashMap<K, Applied> keys = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<K, Claim> claims = new HashMap<>();
    private @Nullable VectorTimestamp watermark = VectorTimestamp.empty();
    private long evictions;

    GateStripe(int maxKeys, int maxIds, int maxNodes) {
        this.maxKeys = maxKeys;
        this.maxIds = maxIds;
        this.maxNodes = maxNodes;
    }

    private static final class Applied {
        VectorTimestamp timestamp;
        final RecentEvents recent;

        Applied(VectorTimestamp timestamp, int maxIds) {
            this.timestamp = timestamp;
            recent = new RecentEvents(maxIds);
        }
    }

    synchronized Verdict offer(K key, TracedEvent event) {
        Applied applied = keys.get(key);
        Verdict verdict = decide(key, applied, event);
        if (verdict == Verdict.NEW) {
            record(key, applied, event.causality(), event, null);
        }
        return verdict;
    }

    synchronized Admission admit(K key, TracedEvent event) {
        Applied applied = keys.get(key);
        VectorTimestamp before = applied == null ? null : applied.timestamp;
        Verdict verdict = decide(key, applied, event);
        if (verdict != Verdict.NEW && verdict != Verdict.CONFLICTING) {
            return new Admission(verdict, before, null);
        }
        if (claims.size() >= maxKeys) {
            throw new IllegalStateException("at most " + maxKeys + " admissions may be open at a time, there are "
                    + claims.size() + "; close each one (try-with-resources), or raise maxKeys");
        }
        VectorTimestamp after = verdict == Verdict.NEW || before == null
                ? event.causality()
                : checkWidth(
                        "what was applied to the key and this event together have", before.merge(event.causality()));
        Claim claim = new Claim(key, event, after);
        claims.put(key, claim);
        return new Admission(verdict, before, claim);
    }

    private Verdict decide(K key, @Nullable Applied applied, TracedEvent event) {
        checkWidth("causality of the event has", event.causality());
        Verdict verdict = applied == null ? decideUnheld(event) : decideHeld(applied, event);
        boolean settled = verdict == Verdict.DUPLICATE || verdict == Verdict.STALE;
        // What is covered stays covered, whatever becomes of the claim: no need to wait for it.
        return !settled && !claims.isEmpty() && claims.containsKey(key) ? Verdict.IN_PROGRESS : verdict;
    }

    private static Verdict decideHeld(Applied applied, TracedEvent event) {
        return switch (applied.timestamp.compare(event.causality())) {
            case HAPPENS_BEFORE -> applied.recent.containsId(event.id()) ? Verdict.DUPLICATE : Verdict.NEW;
            case CONCURRENT -> applied.recent.containsId(event.id()) ? Verdict.DUPLICATE : Verdict.CONFLICTING;
            case EQUAL -> {
                checkCausality(event);
                yield Verdict.DUPLICATE;
            }
            case HAPPENS_AFTER -> {
                checkCausality(event);
                yield applied.recent.covers(event) ? Verdict.DUPLICATE : Verdict.STALE;
            }
        };
    }

    private Verdict decideUnheld(TracedEvent event) {
        checkCausality(event);
        if (evictions == 0) {
            return Verdict.NEW;
        }
        boolean afterAllEvicted =
                watermark != null && watermark.compare(event.causality()) == CausalityRelation.HAPPENS_BEFORE;
        return afterAllEvicted ? Verdict.NEW : Verdict.UNKNOWN;
    }

    private static void checkCausality(TracedEvent event) {
        if (event.causality().equals(VectorTimestamp.empty())) {
            throw new IllegalArgumentException("causality of event \"" + Excerpt.of(event.id())
                    + "\" must count at least one event, was \"" + event.causality()
                    + "\"; stamp events with a clock's tick() or send()");
        }
    }

    private VectorTimestamp checkWidth(String what, VectorTimestamp timestamp) {
        if (timestamp.size() > maxNodes) {
            throw new IllegalArgumentException(
                    what + " " + timestamp.size() + " nodes, at most " + maxNodes + " are taken; raise maxNodes");
        }
        return timestamp;
    }

    private void record(
            K key,
            @Nullable Applied applied,
            VectorTimestamp after,
            @Nullable TracedEvent event,
            @Nullable TracedEvent resolution) {
        Applied target = applied;
        if (target == null) {
            evictUntilFree();
            target = new Applied(after, maxIds);
            keys.put(key, target);
        } else {
            target.timestamp = after;
        }
        if (event != null) {
            target.recent.add(event);
        }
        if (resolution != null) {
            target.recent.add(resolution);
        }
    }

    private void evictUntilFree() {
        while (keys.size() >= maxKeys) {
            var eldest = keys.entrySet().iterator();
            VectorTimestamp gone = eldest.next().getValue().timestamp;
            eldest.remove();
            evictions++;
            if (watermark != null) {
                VectorTimestamp wider = watermark.merge(gone);
                watermark = wider.size() > maxNodes ? null : wider;
            }
        }
    }

    synchronized void restore(K key, VectorTimestamp timestamp) {
        checkWidth("timestamp has", timestamp);
        Applied applied = keys.get(key);
        VectorTimestamp after = applied == null
                ? timestamp
                : checkWidth("what was applied to the key and the timestamp have", join(applied.timestamp, timestamp));
        record(key, applied, after, null, null);
    }

    synchronized @Nullable VectorTimestamp applied(K key) {
        Applied applied = keys.get(key);
        return applied == null ? null : applied.timestamp;
    }

    synchronized int size() {
        return keys.size();
    }

    synchronized long evictions() {
        return evictions;
    }

    private static VectorTimestamp join(VectorTimestamp a, VectorTimestamp b) {
        CausalityRelation relation = a.compare(b);
        return relation == CausalityRelation.CONCURRENT
                ? a.merge(b)
                : relation == CausalityRelation.HAPPENS_BEFORE ? b : a;
    }

    /** The right to apply one event to one key; ended by a commit or a release. */
    final class Claim {
        private final K key;
        private final TracedEvent event;
        private final VectorTimestamp after;

        Claim(K key, TracedEvent event, VectorTimestamp after) {
            this.key = key;
            this.event = event;
            this.after = after;
        }

        void commit(@Nullable TracedEvent resolution) {
            synchronized (GateStripe.this) {
                if (claims.get(key) != this) {
                    throw new IllegalStateException("admission of event \"" + Excerpt.of(event.id())
                            + "\" is over; commit once, before it is closed");
                }
                VectorTimestamp next = after;
                if (resolution != null) {
                    next = checkWidth("causality of the resolution has", resolution.causality());
                    if (after.compare(next) != CausalityRelation.HAPPENS_BEFORE) {
                        throw new IllegalArgumentException(
                                "resolution must have happened after both sides of the conflict,"
                                        + " which together are \"" + Excerpt.of(after.toString()) + "\", was \""
                                        + Excerpt.of(next.toString()) + "\"; receive both timestamps, then stamp it");
                    }
                }
                claims.remove(key);
                Applied applied = keys.get(key);
                // Usually what the claim saw; but the key may have been restored or evicted in the meantime.
                record(key, applied, applied == null ? next : join(applied.timestamp, next), event, resolution);
            }
        }

        void release() {
            synchronized (GateStripe.this) {
                claims.remove(key, this);
            }
        }
    }
}
