package io.clockwork.internal;

import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a codec made of the node ids of the last few timestamps: their wire form, ready to be copied or compared with.
 *
 * <p>Entries are found by the identity of {@link VectorTimestamp#nodes()}. There are never more than {@link #SIZE}, so a
 * peer that sends ever new ids can only push out what others had made. Lock-free and safe for any number of threads: a
 * thread may miss what another has just put, and makes it again.
 *
 * @param <T> what is made; must be safe to publish by a data race, so its fields are final
 */
public final class TableCache<T> {
    /** How many are kept. */
    public static final int SIZE = 4;

    private record Entry<T>(List<String> nodes, T made) {}

    /** The latest first; never changed, only replaced. */
    private volatile List<Entry<T>> entries = List.of();

    /** Creates an empty cache. */
    public TableCache() {}

    /** {@return what was made of the ids of timestamps that share {@code nodes}; null when it is not kept} */
    public @Nullable T get(List<String> nodes) {
        List<Entry<T>> now = entries;
        for (int i = 0; i < now.size(); i++) {
            Entry<T> entry = now.get(i);
            if (entry.nodes == nodes) {
                return entry.made;
            }
        }
        return null;
    }

    /** Keeps {@code made} as the latest; the oldest goes when there are too many. */
    public void put(List<String> nodes, T made) {
        List<Entry<T>> old = entries;
        List<Entry<T>> now = new ArrayList<>(SIZE);
        now.add(new Entry<>(nodes, made));
        now.addAll(old.subList(0, Math.min(SIZE - 1, old.size())));
        entries = List.copyOf(now);
    }

    /** {@return the latest but {@code age}; null when there are not so many} */
    public @Nullable T at(int age) {
        List<Entry<T>> now = entries;
        return age < now.size() ? now.get(age).made : null;
    }

    /** {@return the latest; null when there is none} */
    public @Nullable T latest() {
        return at(0);
    }
}
