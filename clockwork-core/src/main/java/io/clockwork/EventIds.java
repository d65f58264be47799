package io.clockwork;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes event ids: UUIDs of version 7, which sort by the time at which they were made.
 *
 * <p>The ids of one generator ascend strictly: if the making of one ended before the making of another began, in
 * whatever threads, the one is less, as text and by unsigned comparison of the bits. This holds inside one millisecond
 * and while the wall clock stands still or steps back. {@link #system()} is one for the whole process. Lock-free.
 *
 * <p>Ids are unique, not secret: whoever has seen some may guess others. Do not use them as tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562, section 5.7, and section 6.2, method 1</a>
 */
public final class EventIds {
    /*
     * All threads advance one word: 48 bits of milliseconds, 16 of counter. In the middle of a millisecond they just add
     * one, which cannot fail; a full counter carries into the milliseconds, which the RFC allows, and a wall clock that
     * is behind does not matter. A counter for each thread would be faster where threads contend, but its ids would not
     * ascend from one thread to the next.
     *
     *   id = millis:48 | version 7:4 | counter >> 4 :12 | variant 10:2 | counter & 15 :4 | noise:58
     *
     * The noise separates processes. It is the word itself, unique in the process, hashed under a random key: there is no
     * generator state to share or to look up for each thread. Two rounds of the finaliser of SplitMix64 [1], a key each.
     *
     * java.util.UUID.compareTo is signed: it agrees with the order of ids up to the year 6429.
     *
     * [1] G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014
     */
    private static final int COUNTER_BITS = 16;
    private static final int NOISE_BITS = 58;
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 1L << 63;
    private static final long NOISE = (1L << NOISE_BITS) - 1;
    private static final long MAX_MILLIS = (1L << 48) - 1;

    private final InstantSource wallClock;
    private final long key1;
    private final long key2;
    private final AtomicLong last = new AtomicLong();

    /**
     * Creates a generator.
     *
     * @param wallClock read for each id; {@code InstantSource.system()} does so without allocation
     * @param seeds gives two longs, now; they must differ from process to process, so a {@link SecureRandom}
     */
    public EventIds(InstantSource wallClock, RandomGenerator seeds) {
        this.wallClock = Objects.requireNonNull(wallClock, "wallClock");
        key1 = seeds.nextLong();
        key2 = seeds.nextLong();
    }

    /** {@return the generator of this process, on the system's clock} */
    public static EventIds system() {
        return Shared.IDS;
    }

    /** {@return the next id} */
    public UUID next() {
        long word = nextWord();
        long high = (word & -1L << COUNTER_BITS) | VERSION | (word >>> 4 & 0xFFF);
        long low = VARIANT | (word & 0xF) << NOISE_BITS | (mix(mix(word + key1) + key2) & NOISE);
        return new UUID(high, low);
    }

    /** {@return the next id as 36 lower-case characters} */
    public String nextString() {
        return next().toString();
    }

    private long nextWord() {
        long now = Math.max(0, Math.min(wallClock.millis(), MAX_MILLIS)) << COUNTER_BITS;
        long seen = last.get();
        while (Long.compareUnsigned(now, seen) > 0) {
            if (last.compareAndSet(seen, now)) {
                return now;
            }
            seen = last.get();
        }
        return last.incrementAndGet();
    }

    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }

    /** Made when first asked for: seeding takes the operating system's randomness. */
    private static final class Shared {
        static final EventIds IDS = new EventIds(InstantSource.system(), new SecureRandom());
    }
}
