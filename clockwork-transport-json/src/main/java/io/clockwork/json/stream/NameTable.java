package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * Names that a reader knows, each with its index, so that {@link JsonScanner#nextName(NameTable)}
 * tells them apart in O(length) without allocating; immutable.
 *
 * <pre>{@code
 * private static final NameTable SPAN = NameTable.of("startTime", "duration");
 * ...
 * switch (json.nextName(SPAN)) {
 *     case 0 -> start = json.nextLong();
 *     case 1 -> duration = json.nextLong();
 *     default -> json.skipValue();
 * }
 * }</pre>
 */
public final class NameTable {
    /** What a look-up answers for a name that is not in the table. */
    public static final int UNKNOWN = -1;

    private final List<String> names;
    private final byte[][] slots; // open addressing with linear probing, at most a quarter full
    private final int[] indexes;

    private NameTable(List<String> names) {
        int size = Integer.highestOneBit(Math.max(1, names.size())) << 3;
        this.names = names;
        this.slots = new byte[size][];
        this.indexes = new int[size];
        Arrays.fill(indexes, UNKNOWN);
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i).getBytes(UTF_8);
            int slot = slot(name, 0, name.length);
            if (indexes[slot] != UNKNOWN) {
                throw new IllegalArgumentException("names must be distinct, \"" + names.get(i) + "\" is there twice");
            }
            slots[slot] = name;
            indexes[slot] = i;
        }
    }

    /**
     * Returns a table in which the first name has the index 0.
     *
     * @throws IllegalArgumentException if a name is there twice
     */
    public static NameTable of(String... names) {
        return new NameTable(List.of(requireNonNull(names, "names")));
    }

    /** {@return the index of {@code name}, or {@link #UNKNOWN}} */
    public int indexOf(String name) {
        byte[] bytes = requireNonNull(name, "name").getBytes(UTF_8);
        return indexOf(bytes, 0, bytes.length);
    }

    /** {@return the name with that index; throws {@link IndexOutOfBoundsException} if there is none} */
    public String name(int index) {
        return names.get(index);
    }

    /** {@return the number of names} */
    public int size() {
        return names.size();
    }

    /** {@return the index of the name whose UTF-8 bytes these are, or {@link #UNKNOWN}} */
    int indexOf(byte[] bytes, int from, int to) {
        return indexes[slot(bytes, from, to)];
    }

    /** {@return the slot that holds the name, or the free one where it would be} */
    private int slot(byte[] bytes, int from, int to) {
        int mask = indexes.length - 1;
        int slot = Words.hash(bytes, from, to) & mask;
        byte[] name = slots[slot];
        while (name != null && !Words.equal(name, bytes, from, to)) {
            slot = (slot + 1) & mask;
            name = slots[slot];
        }
        return slot;
    }
}
