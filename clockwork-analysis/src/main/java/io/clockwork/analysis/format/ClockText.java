package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.StringCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the vector clocks of one execution, one at a time, into arrays; hosts get numbers in the order of first use. */
final class ClockText {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final StringCache cache = StringCache.withSlots(1024);

    /** The entries of the clock read last. */
    private int[] hosts = new int[8];

    private long[] counts = new long[8];
    private int size;

    /** For each host where its entry is, if {@link #hosts} has it there. */
    private int[] places = new int[8];

    int hostNumber(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = names.size();
        numbers.put(name, number);
        names.add(name);
        if (number == places.length) {
            places = Arrays.copyOf(places, number * 2);
        }
        return number;
    }

    String hostName(int number) {
        return names.get(number);
    }

    int hostCount() {
        return names.size();
    }

    /**
     * Reads a clock; of a host that is named twice the last count holds, as in JavaScript.
     *
     * @throws JsonSyntaxException if it is no JSON object of integers
     */
    void read(String text) {
        byte[] json = unescaped(text).getBytes(UTF_8);
        size = 0;
        try (JsonScanner scanner = JsonScanner.of(json, 0, json.length, JsonLimits.DEFAULT)) {
            for (scanner.beginObject(); scanner.hasNext(); ) {
                int host = hostNumber(scanner.nextName(cache));
                set(host, scanner.nextLong());
            }
            scanner.endObject();
            scanner.endDocument();
        }
    }

    private void set(int host, long count) {
        int place = places[host];
        if (place >= size || hosts[place] != host) {
            if (size == hosts.length) {
                hosts = Arrays.copyOf(hosts, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            place = size++;
            places[host] = place;
            hosts[place] = host;
        }
        counts[place] = count;
    }

    /** Undoes the escapes of a clock that stood in a string of its own, as TLC prints it. */
    private static String unescaped(String text) {
        String clock = text.strip();
        return clock.startsWith("{\\\"") ? clock.replace("\\\"", "\"").replace("\\\\", "\\") : clock;
    }

    /** {@return the number of entries, zeros too} */
    int size() {
        return size;
    }

    int host(int entry) {
        return hosts[entry];
    }

    long count(int entry) {
        return counts[entry];
    }

    /** {@return the count of a host; 0 if it has no entry} */
    long countOf(int host) {
        int place = places[host];
        return place < size && hosts[place] == host ? counts[place] : 0;
    }

    /** {@return a host with a negative count, or -1} */
    int negativeHost() {
        for (int i = 0; i < size; i++) {
            if (counts[i] < 0) {
                return hosts[i];
            }
        }
        return -1;
    }
}
