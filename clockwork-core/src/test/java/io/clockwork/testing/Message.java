package io.clockwork.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** A carrier with methods as frameworks have them. */
final class Message<V> {
    final Map<String, V> headers = new LinkedHashMap<>();

    void setHeader(String name, V value) {
        headers.put(name, value);
    }

    V getHeader(String name) {
        return headers.get(name);
    }
}
