package io.clockwork.analysis.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of a page, each told once and then by its number. */
final class Texts {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> all = new ArrayList<>();

    Texts() {
        numberOf("");
    }

    int numberOf(String text) {
        Integer number = numbers.putIfAbsent(text, all.size());
        if (number != null) {
            return number;
        }
        all.add(text);
        return all.size() - 1;
    }

    List<String> all() {
        return all;
    }
}
