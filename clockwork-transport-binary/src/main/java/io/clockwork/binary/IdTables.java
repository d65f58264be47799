package io.clockwork.binary;

import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import io.clockwork.internal.TableCache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a codec keeps; safe for any number of threads.
 *
 * <p>Those of timestamps that this process has in hand and those that peers sent are kept apart, and a few of each: a
 * peer that sends ever new ids can push out only what peers sent.
 */
final class IdTables {
    private static final int SEEN = 16;

    private final CodecLimits limits;
    /** Hashes of ids that came lately; a lost update, or two with one hash, only costs or saves a table. */
    private final int[] seenOnce = new int[SEEN];

    private final TableCache<IdTable> local = new TableCache<>();
    private final TableCache<IdTable> received = new TableCache<>();

    IdTables(CodecLimits limits) {
        this.limits = limits;
    }

    /** {@return the table of a timestamp's ids, or null when they are over a limit} */
    @Nullable
    IdTable local(VectorTimestamp timestamp) {
        List<String> nodes = timestamp.nodes();
        IdTable table = local.get(nodes);
        return table != null ? table : makeLocal(timestamp, nodes);
    }

    private @Nullable IdTable makeLocal(VectorTimestamp timestamp, List<String> nodes) {
        IdTable table = received.get(nodes);
        if (table == null) {
            table = IdTable.of(timestamp, limits);
        }
        if (table != null) {
            local.put(nodes, table);
        }
        return table;
    }

    /** {@return the timestamp in {@code in} if its ids are those of {@code known}; null otherwise} */
    @Nullable
    VectorTimestamp readLocal(byte[] in, VectorTimestamp known) {
        IdTable table = local.get(known.nodes());
        if (table == null && !known.isEmpty() && IdTable.declaredEntries(in) == known.size()) {
            table = makeLocal(known, known.nodes());
        }
        return table == null ? null : table.read(in);
    }

    /** {@return the timestamp in {@code in} if its ids are among those that peers sent lately; null otherwise} */
    @Nullable
    VectorTimestamp readReceived(byte[] in) {
        for (int age = 0; age < TableCache.SIZE; age++) {
            IdTable table = received.at(age);
            VectorTimestamp read = table == null ? null : table.read(in);
            if (table == null || read != null) {
                return read;
            }
        }
        return null;
    }

    /**
     * Keeps the table of what a peer sent in canonical form, as {@code in}, if the same ids seem to have come before: who
     * sends ever new ones costs no tables.
     */
    void keepReceived(VectorTimestamp timestamp, byte[] in) {
        int size = timestamp.size();
        int seen =
                timestamp.nodeAt(0).hashCode() * 31 + timestamp.nodeAt(size - 1).hashCode() + size;
        int slot = seen & (SEEN - 1);
        if (seenOnce[slot] == seen) {
            received.put(timestamp.nodes(), IdTable.ofCanonical(timestamp, in));
        }
        seenOnce[slot] = seen;
    }
}
