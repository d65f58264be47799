package io.clockwork.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each distinct value a number from 1; 0 stands for none. Values come from the application's own code. */
final class Interner<T> {
    private final ConcurrentHashMap<T, Integer> numbers = new ConcurrentHashMap<>();
    private final List<T> values = new ArrayList<>();

    int numberOf(T value) {
        Integer known = numbers.get(value);
        return known != null ? known : numbers.computeIfAbsent(value, this::append);
    }

    private int append(T value) {
        synchronized (values) {
            values.add(value);
            return values.size();
        }
    }

    /** {@return the value of a number from 1} */
    T get(int number) {
        synchronized (values) {
            return values.get(number - 1);
        }
    }
}
