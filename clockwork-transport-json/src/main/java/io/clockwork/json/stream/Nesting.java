package io.clockwork.json.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The objects and arrays that are open, and how far each has been read. */
final class Nesting {
    private static final long OBJECT = -1;
    private static final int SAVED = -1;
    private static final int NO_NAME = -2;
    private static final int NAME_CHARS = 40;
    private static final int PATH_STEPS = 16; // at each end of a path

    /*
     * A path is needed only for messages, so a name costs two stores: its range in the window. Before
     * the window moves, saveNames() copies what the open levels still refer to. Levels below `saved`
     * were copied already and cannot have changed since, because only the innermost level gets names;
     * that keeps the copying proportional to names, not to windows times depth.
     */

    private final int maxDepth;
    private int depth;
    private long[] elements = new long[16]; // elements begun, or OBJECT
    private int[] nameFrom = new int[16];
    private int[] nameTo = new int[16];
    private @Nullable String[] names = new @Nullable String[16]; // where nameFrom is SAVED
    private int saved;

    Nesting(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    int depth() {
        return depth;
    }

    boolean isFull() {
        return depth == maxDepth;
    }

    int maxDepth() {
        return maxDepth;
    }

    boolean inObject() {
        return depth > 0 && elements[depth - 1] == OBJECT;
    }

    void openObject() {
        open(OBJECT);
    }

    void openArray() {
        open(0);
    }

    private void open(long first) {
        int level = depth;
        if (level == elements.length) {
            grow();
        }
        elements[level] = first;
        nameFrom[level] = NO_NAME;
        depth = level + 1;
    }

    private void grow() {
        int size = (int) Math.min(maxDepth, elements.length * 2L);
        elements = Arrays.copyOf(elements, size);
        nameFrom = Arrays.copyOf(nameFrom, size);
        nameTo = Arrays.copyOf(nameTo, size);
        names = Arrays.copyOf(names, size);
    }

    void close() {
        depth--;
        saved = Math.min(saved, Math.max(0, depth - 1)); // the level now innermost gets other names
    }

    /** Notes that the array's next element begins. */
    void element() {
        elements[depth - 1]++;
    }

    /** Notes the object's current name, without its quotes. */
    void name(int from, int to) {
        nameFrom[depth - 1] = from;
        nameTo[depth - 1] = to;
    }

    /** Copies the names that refer to {@code bytes}, which are about to move. */
    void saveNames(byte[] bytes) {
        for (int level = saved; level < depth; level++) {
            if (nameFrom[level] >= 0) {
                names[level] = name(bytes, level);
                nameFrom[level] = SAVED;
            }
        }
        saved = Math.max(0, depth - 1); // the innermost level can still get another name
    }

    private String name(byte[] bytes, int level) {
        if (nameFrom[level] == SAVED) {
            return String.valueOf(names[level]);
        }
        return Utf8.excerpt(bytes, nameFrom[level], nameTo[level], NAME_CHARS);
    }

    /** Returns the path of the current value, with names in {@code bytes}; the middle of a long one is left out. */
    String path(byte[] bytes) {
        StringBuilder path = new StringBuilder("$");
        for (int level = 0; level < depth; level++) {
            if (level == PATH_STEPS && depth > 2 * PATH_STEPS) {
                level = depth - PATH_STEPS;
                path.append("...");
            }
            step(path, bytes, level);
        }
        return path.toString();
    }

    private void step(StringBuilder path, byte[] bytes, int level) {
        if (elements[level] != OBJECT) {
            if (elements[level] > 0) {
                path.append('[').append(elements[level] - 1).append(']');
            }
        } else if (nameFrom[level] != NO_NAME) {
            String name = name(bytes, level);
            if (isPlain(name)) {
                path.append('.').append(name);
            } else {
                path.append("[\"").append(name).append("\"]");
            }
        }
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c));
    }
}
