package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The strings of one log, each with a number from 0 in the order of first use. */
final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    int numberOf(String name) {
        return numbers.computeIfAbsent(name, n -> {
            values.add(n);
            return values.size() - 1;
        });
    }

    String get(int number) {
        return values.get(number);
    }

    int size() {
        return values.size();
    }
}
