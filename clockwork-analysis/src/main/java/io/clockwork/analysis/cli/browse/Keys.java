package io.clockwork.analysis.cli.browse;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells keys by the characters that a terminal sends for them. */
final class Keys {
    /** How long after an escape character the rest of a key's sequence may come; else it was the key Esc. */
    private static final long SEQUENCE_MILLIS = 60;

    private static final int MAX_SEQUENCE = 16;
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;

    private static final Map<String, String> SEQUENCES = Map.ofEntries(
            Map.entry("A", "Up"),
            Map.entry("B", "Down"),
            Map.entry("C", "Right"),
            Map.entry("D", "Left"),
            Map.entry("H", "Home"),
            Map.entry("F", "End"),
            Map.entry("Z", "Shift-Tab"),
            Map.entry("1~", "Home"),
            Map.entry("7~", "Home"),
            Map.entry("4~", "End"),
            Map.entry("8~", "End"),
            Map.entry("5~", "PageUp"),
            Map.entry("6~", "PageDown"));

    private final Input input;

    /** Characters, one at a time. */
    @FunctionalInterface
    interface Input {
        /** Waits for the next one; returns a negative number if none comes in time, {@link #END} if none will. */
        int next(long millis) throws IOException;
    }

    static final int END = -1;

    Keys(Input input) {
        this.input = input;
    }

    /** {@return the name of the next key; null if none is pressed in time or a sequence names none} */
    @Nullable
    String next(long millis) throws IOException {
        int c = input.next(millis);
        if (c == END) {
            return "Ctrl-c"; // there is nobody any more
        }
        if (c < 0) {
            return null;
        }
        if (c == ESCAPE) {
            return sequence();
        }
        return switch (c) {
            case '\r', '\n' -> "Enter";
            case '\t' -> "Tab";
            case '\b', DELETE -> "Backspace";
            case ' ' -> "Space";
            default -> c < ' ' ? "Ctrl-" + (char) (c + 'a' - 1) : character((char) c);
        };
    }

    private @Nullable String character(char c) throws IOException {
        if (!Character.isHighSurrogate(c)) {
            return String.valueOf(c);
        }
        int low = input.next(SEQUENCE_MILLIS);
        return low > 0 && Character.isLowSurrogate((char) low) ? "" + c + (char) low : null;
    }

    private @Nullable String sequence() throws IOException {
        int c = input.next(SEQUENCE_MILLIS);
        if (c < 0) {
            return "Esc";
        }
        if (c != '[' && c != 'O') {
            return null; // Alt and a key
        }
        StringBuilder rest = new StringBuilder();
        do {
            c = input.next(SEQUENCE_MILLIS);
            if (c < 0) {
                return null;
            }
            rest.append((char) c);
        } while ((c < '@' || c > '~') && rest.length() < MAX_SEQUENCE);
        return SEQUENCES.get(rest.toString());
    }
}
