package io.clockwork.text;

import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import io.clockwork.internal.TableCache;
import org.jspecify.annotations.Nullable;

/** Writes and reads vectors, by the ready form of their nodes where that is known and otherwise character by character. */
final class VectorText {
    private record Written(VectorTimestamp timestamp, String value) {}

    private final String header;
    private final CodecLimits limits;
    private final TextWriter writer;
    private final TextReader reader;
    private final TableCache<TextNodes> tables = new TableCache<>();
    /** Read and written by a data race: any thread's last will do. */
    private @Nullable Written last;

    VectorText(String header, CodecLimits limits, TextWriter writer, TextReader reader) {
        this.header = header;
        this.limits = limits;
        this.writer = writer;
        this.reader = reader;
    }

    // Equal timestamps may be written differently, by their explicit zeros.
    @SuppressWarnings("ReferenceEquality")
    String write(VectorTimestamp timestamp) {
        Written written = last;
        return written != null && written.timestamp == timestamp ? written.value : writeAnew(timestamp);
    }

    private String writeAnew(VectorTimestamp timestamp) {
        TextNodes nodes = nodes(timestamp);
        String value = nodes == null ? writer.vector(header, timestamp) : nodes.write(timestamp);
        if (value.length() > limits.maxValueBytes()) {
            // The general way refuses it, and says why.
            value = writer.vector(header, timestamp);
        }
        last = new Written(timestamp, value);
        return value;
    }

    VectorTimestamp read(String value, VectorTimestamp known) {
        if (value.length() <= limits.maxValueBytes()) {
            TextNodes nodes = nodes(known);
            VectorTimestamp read = nodes == null ? null : nodes.read(value, known);
            if (read == null) {
                read = readByRecent(value, nodes);
            }
            if (read != null) {
                return read;
            }
        }
        VectorTimestamp read = reader.vector(header, value);
        nodes(read);
        return read;
    }

    private @Nullable VectorTimestamp readByRecent(String value, @Nullable TextNodes tried) {
        for (int age = 0; age < TableCache.SIZE; age++) {
            TextNodes nodes = tables.at(age);
            if (nodes == null) {
                return null;
            }
            VectorTimestamp read = nodes == tried ? null : nodes.read(value, nodes.sample());
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    /** {@return the form of the timestamp's nodes, made when it is not at hand; null when there is none within limits} */
    private @Nullable TextNodes nodes(VectorTimestamp timestamp) {
        TextNodes nodes = tables.get(timestamp.nodes());
        return nodes != null || timestamp.isEmpty() || timestamp.size() > limits.maxEntries() ? nodes : made(timestamp);
    }

    private @Nullable TextNodes made(VectorTimestamp timestamp) {
        String[] pieces = writer.pieces(timestamp);
        TextNodes nodes = pieces == null ? null : TextNodes.of(timestamp, pieces);
        if (nodes != null) {
            tables.put(timestamp.nodes(), nodes);
        }
        return nodes;
    }
}
