package io.clockwork.json.stream;

/**
 * How much a {@link JsonScanner} takes from a document; checked before anything is allocated for it.
 *
 * @param maxDepth objects and arrays open at once, at least 1
 * @param maxStringBytes bytes of one string or name as written between its quotes, from 1 to
 *     1,073,741,824; skipped strings count too
 * @param maxNumberChars characters of one number, from 1 to 1,073,741,824
 */
public record JsonLimits(int maxDepth, int maxStringBytes, int maxNumberChars) {
    /** Depth 512, strings of 16 MiB, numbers of 1,000 characters. */
    public static final JsonLimits DEFAULT = new JsonLimits(512, 16 << 20, 1_000);

    private static final int MAX_STRING_BYTES = 1 << 30; // the window doubles: must not pass the largest array

    /** Creates limits; throws {@link IllegalArgumentException} if one is out of range. */
    public JsonLimits {
        requireRange("maxDepth", maxDepth, 1, Integer.MAX_VALUE);
        requireRange("maxStringBytes", maxStringBytes, 1, MAX_STRING_BYTES);
        requireRange("maxNumberChars", maxNumberChars, 1, MAX_STRING_BYTES);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", was " + value);
        }
    }
}
