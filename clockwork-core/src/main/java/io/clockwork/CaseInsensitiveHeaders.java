package io.clockwork;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain maps as carriers: a map does not know that header names have no case. */
final class CaseInsensitiveHeaders {
    private CaseInsensitiveHeaders() {}

    static <V> @Nullable V get(Map<String, ? extends V> headers, String name) {
        V exact = headers.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, ? extends V> entry : headers.entrySet()) {
            if (name.equalsIgnoreCase(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    static <V> void put(Map<String, V> headers, String name, V value) {
        headers.keySet().removeIf(key -> name.equalsIgnoreCase(key) && !name.equals(key));
        headers.put(name, value);
    }
}
