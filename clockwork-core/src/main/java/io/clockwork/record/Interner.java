package io.clockwork.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives each distinct value a number from 1, up to a limit; 0 stands for none, and for values beyond the limit. */
final class Interner<T> {
    private final int limit;
    private final ConcurrentHashMap<T, Integer> numbers = new ConcurrentHashMap<>();
    private final List<T> values = new ArrayList<>();

    Interner(int limit) {
        this.limit = limit;
    }

    int numberOf(T value) {
        Integer known = numbers.get(value);
        if (known == null && numbers.mappingCount() < limit) {
            known = numbers.computeIfAbsent(value, this::append);
        }
        return known == null ? 0 : known;
    }

    private @Nullable Integer append(T value) {
        synchronized (values) {
            if (values.size() == limit) {
                return null;
            }
            values.add(value);
            return values.size();
        }
    }

    /** {@return the value of a number; null for 0} */
    @Nullable
    T get(int number) {
        if (number == 0) {
            return null;
        }
        synchronized (values) {
            return values.get(number - 1);
        }
    }
}
