package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clockwork.analysis.internal.Names;
import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.StringCache;
import java.util.Arrays;

/** Reads the vector clocks of one execution, one at a time, into arrays; hosts get numbers in the order of first use. */
final class ClockText {
    private static final int MAX_PLAIN_DIGITS = 9;

    private final Names names = new Names();
    private final StringCache cache = StringCache.withSlots(1024);

    /** Whether every name stands in JSON as it is. */
    private boolean plainNames = true;

    /** The entries of the clock read last. */
    private int[] hosts = new int[8];

    private long[] counts = new long[8];
    private int size;

    /** For each host where its entry is, if {@link #hosts} has it there. */
    private int[] places = new int[8];

    int hostNumber(String name) {
        int before = names.size();
        int number = names.numberOf(name);
        if (number == before) {
            plainNames &= name.indexOf('"') < 0 && name.indexOf('\\') < 0;
            if (number == places.length) {
                places = Arrays.copyOf(places, number * 2);
            }
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
     * Reads the clock that stands in a text from {@code from} to {@code to}; of a host that is named twice the last count
     * holds, as in JavaScript.
     *
     * @throws JsonSyntaxException if it is no JSON object of integers
     */
    void read(String text, int from, int to) {
        if (!readPlain(text, from, to)) {
            readJson(text.substring(from, to));
        }
    }

    /**
     * Reads a clock as nearly all are written: names without escapes, counts of up to nine digits without signs.
     *
     * @return whether it is such a one; otherwise nothing holds that was read
     */
    private boolean readPlain(String text, int from, int to) {
        size = 0;
        if (to - from < 2 || text.charAt(from) != '{' || text.charAt(to - 1) != '}') {
            return false;
        }
        int end = to - 1;
        int at = from + 1;
        while (at < end) {
            int name = at + 1;
            int host = text.charAt(at) == '"' ? hostAt(text, name, end) : -1;
            if (host < 0) {
                return false;
            }
            at = skipSpace(text, name + names.get(host).length() + 1, end);
            if (text.charAt(at) != ':') {
                return false;
            }
            at = skipSpace(text, at + 1, end);
            int first = at;
            int count = 0;
            for (char c = text.charAt(at); c >= '0' && c <= '9' && at - first < MAX_PLAIN_DIGITS; c = text.charAt(at)) {
                count = 10 * count + c - '0';
                at++;
            }
            boolean padded = at - first > 1 && text.charAt(first) == '0';
            if (at == first || padded) {
                return false;
            }
            set(host, count);
            at = skipSpace(text, at, end);
            if (at < end) {
                at = text.charAt(at) == ',' ? skipSpace(text, at + 1, end) : to;
                if (at >= end) {
                    return false;
                }
            }
        }
        return size > 0;
    }

    /** {@return where there is something else than a space from {@code from} on, or {@code end}} */
    private static int skipSpace(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** {@return the host whose name begins at {@code from} and ends with a quote before {@code end}, or -1} */
    private int hostAt(String text, int from, int end) {
        // Most clocks name the same hosts in the same order as the one before.
        int guess = size < hosts.length ? hosts[size] : 0;
        if (plainNames && guess < names.size()) {
            String name = names.get(guess);
            int quote = from + name.length();
            if (quote < end && text.charAt(quote) == '"' && text.startsWith(name, from)) {
                return guess;
            }
        }
        for (int at = from; at < end; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return hostNumber(text.substring(from, at));
            }
            if (c == '\\' || c < ' ') {
                return -1;
            }
        }
        return -1;
    }

    private void readJson(String text) {
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
