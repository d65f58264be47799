package io.clockwork;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entries of a timestamp as an unmodifiable map, without copying them. */
final class VectorMap extends AbstractMap<String, Long> {
    private final VectorTimestamp timestamp;

    VectorMap(VectorTimestamp timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public @Nullable Long get(@Nullable Object key) {
        return key instanceof String node && timestamp.contains(node) ? Long.valueOf(timestamp.get(node)) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String node && timestamp.contains(node);
    }

    @Override
    public Set<Entry<String, Long>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return timestamp.size();
            }

            @Override
            public Iterator<Entry<String, Long>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < timestamp.size();
                    }

                    @Override
                    public Entry<String, Long> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        int index = next++;
                        return Map.entry(timestamp.nodeAt(index), timestamp.counterAt(index));
                    }
                };
            }
        };
    }
}
