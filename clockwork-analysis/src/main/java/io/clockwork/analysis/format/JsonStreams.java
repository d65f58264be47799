package io.clockwork.analysis.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * JSON documents one after the other in one stream, such as one a line; each is given to its end, then {@link #next} goes on.
 *
 * <p>Where a document ends is found by its brackets, so that it may have any number of lines; whether it is well-formed
 * is for the scanner to see.
 */
final class JsonStreams extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean ended = true;
    private int lines;

    JsonStreams(InputStream in) {
        this.in = in;
    }

    /** {@return whether there is another document, which begins at once} */
    boolean next() throws IOException {
        while (fill()) {
            while (from < to && isWhite(buffer[from])) {
                lines += buffer[from++] == '\n' ? 1 : 0;
            }
            if (from < to) {
                ended = false;
                depth = 0;
                return true;
            }
        }
        return false;
    }

    /** {@return how many lines were read before the byte that comes next} */
    int lines() {
        return lines;
    }

    private static boolean isWhite(byte b) {
        // The bytes of a byte order mark, too.
        return b == ' '
                || b == '\t'
                || b == '\r'
                || b == '\n'
                || b == (byte) 0xEF
                || b == (byte) 0xBB
                || b == (byte) 0xBF;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return from < to;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ended || !fill()) {
            return -1;
        }
        int end = Math.min(to, from + length);
        int start = from;
        while (from < end && !ended) {
            pass(buffer[from++]);
        }
        System.arraycopy(buffer, start, bytes, offset, from - start);
        return from - start;
    }

    private void pass(byte b) {
        lines += b == '\n' ? 1 : 0;
        if (inString) {
            inString = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> ended = --depth <= 0;
            default -> ended = depth == 0 && b == '\n'; // a document that is no object ends with its line
        }
    }
}
