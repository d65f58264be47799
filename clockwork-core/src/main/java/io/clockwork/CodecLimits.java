package io.clockwork;

/**
 * How much a codec takes from a peer, and writes; each limit is checked before anything is allocated for it.
 *
 * @param maxValueBytes the longest header value, in bytes; at least 1
 * @param maxEntries the most nodes of one vector; at least 1
 * @param maxIdBytes the longest node id, in UTF-8 bytes; from 1 to 255
 */
public record CodecLimits(int maxValueBytes, int maxEntries, int maxIdBytes) {
    /** 8,192 bytes a value, which most servers let through; 256 nodes; 255 bytes an id. */
    public static final CodecLimits DEFAULT = new CodecLimits(8_192, 256, NodeIds.MAX_BYTES);

    /** Creates limits; throws {@link IllegalArgumentException} if one is out of range. */
    public CodecLimits {
        Check.range("maxValueBytes", maxValueBytes, 1, Integer.MAX_VALUE);
        Check.range("maxEntries", maxEntries, 1, Integer.MAX_VALUE);
        Check.range("maxIdBytes", maxIdBytes, 1, NodeIds.MAX_BYTES);
    }
}
