package io.clockwork.text;

import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import io.clockwork.internal.TableCache;
import java.nio.charset.StandardCharsets;
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
    /** Of the last header that was read in the general way; by a data race as well. */
    private @Nullable VectorTimestamp lastUnknown;

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
        VectorTimestamp read = value.length() <= limits.maxValueBytes() ? readByReadyForm(value, known) : null;
        if (read == null) {
            read = reader.vector(header, value);
            keepWhenSeenAgain(read);
        }
        return read;
    }

    /** Ids that come but once, as of many peers in turn or of a hostile one, are not worth the making of their form. */
    private void keepWhenSeenAgain(VectorTimestamp read) {
        VectorTimestamp before = lastUnknown;
        if (before != null && before.nodes().equals(read.nodes())) {
            nodes(read);
        } else {
            lastUnknown = read;
        }
    }

    private @Nullable VectorTimestamp readByReadyForm(String value, VectorTimestamp known) {
        TextNodes knownNodes = nodes(known);
        TextNodes latest = tables.latest();
        if (latest == null) {
            return null;
        }
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        VectorTimestamp read = knownNodes == null ? null : knownNodes.read(bytes, known);
        for (int age = 0; read == null && age < TableCache.SIZE; age++) {
            TextNodes nodes = tables.at(age);
            if (nodes == null) {
                return null;
            }
            if (nodes != knownNodes) {
                read = nodes.read(bytes, nodes.sample());
            }
        }
        return read;
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
