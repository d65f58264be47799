package io.clockwork;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a node id may be, and the one order in which ids are kept: that of their UTF-8 bytes. */
final class NodeIds {
    /** The longest id, in UTF-8 bytes. */
    static final int MAX_BYTES = 255;

    private NodeIds() {}

    /** Returns {@code id} when it may name a node; otherwise throws with the reason. */
    static String check(String id) {
        String problem = problem(Objects.requireNonNull(id, "node id"));
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return id;
    }

    /** As {@link #check}, and without {@code ':'}, which ends the id in the Lamport text form. */
    static String checkLamport(String id) {
        check(id);
        if (id.indexOf(':') >= 0) {
            throw new IllegalArgumentException("node id \"" + Excerpt.of(id)
                    + "\" holds ':', which separates id and time in the Lamport text form; use another character");
        }
        return id;
    }

    /** {@return why {@code id} is refused, or null when it is legal} */
    static @org.jspecify.annotations.Nullable String problem(String id) {
        if (id.isEmpty()) {
            return "node id must not be empty";
        }
        int bytes = 0;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c > 0x20 && c < 0x7F && c != '=' && c != ',') {
                bytes++;
            } else if (c == '=' || c == ',') {
                return "node id \"" + Excerpt.of(id) + "\" holds '" + c + "' at index " + i
                        + ", which separates entries in headers; use another character";
            } else if (Character.isISOControl(c)) {
                return "node id \"" + Excerpt.of(id) + "\" holds the control character "
                        + String.format("U+%04X", (int) c) + " at index " + i + "; remove it";
            } else if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < id.length()
                        && Character.isLowSurrogate(id.charAt(i + 1));
                if (!paired) {
                    return "node id \"" + Excerpt.of(id) + "\" holds the lone surrogate "
                            + String.format("U+%04X", (int) c) + " at index " + i
                            + ", which UTF-8 cannot carry; repair the string";
                }
                i++;
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > MAX_BYTES) {
            return "node id \"" + Excerpt.of(id) + "\" must have at most " + MAX_BYTES + " UTF-8 bytes, has " + bytes
                    + "; shorten it";
        }
        return null;
    }

    /** Compares by code point, which is the order of the UTF-8 bytes and not that of {@code String.compareTo}. */
    static int compare(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return rank(x) - rank(y);
            }
        }
        return a.length() - b.length();
    }

    /*
     * Moves the surrogates, which stand for U+10000 and above, behind U+E000..U+FFFF. Works per char because the
     * first differing chars of two well-formed strings decide: two differing surrogates keep their order.
     */
    private static int rank(char c) {
        if (c < 0xD800) {
            return c;
        }
        return c >= 0xE000 ? c - 0x800 : c + 0x2000;
    }

    /** {@return the UTF-8 bytes of {@code id} in big-endian words, the last one padded with zeros} */
    static long[] words(String id) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        long[] words = new long[(utf8.length + 7) >>> 3];
        for (int i = 0; i < utf8.length; i++) {
            words[i >>> 3] |= (utf8[i] & 0xFFL) << (56 - 8 * (i & 7));
        }
        return words;
    }
}
