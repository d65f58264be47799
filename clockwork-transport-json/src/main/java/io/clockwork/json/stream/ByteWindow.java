package io.clockwork.json.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The stretch of input that a scanner sees: bytes, the place in them, and how to get more. */
final class ByteWindow {
    static final int UNSEEN = -1;
    private static final int NONE = -1;
    private static final int EXCERPT_CHARS = 40;

    /*
     * The loops of this package copy bytes, pos and limit to locals, and read them anew after whatever
     * may call fill(): it moves the bytes and may replace the array. Whoever needs earlier bytes to stay
     * sets mark; positions before mark, or before pos without one, are lost. An array given by a caller
     * is never written: it has no source, so fill() only says no.
     */

    byte[] bytes;
    int pos;
    int limit;

    /** The ordinal of the token that begins at {@code pos}, or UNSEEN if nobody has looked yet. */
    int token = UNSEEN;

    /** The first position to be kept by {@link #fill()}, or {@link #NONE} for {@link #pos}. */
    private int mark = NONE;

    private final @Nullable InputStream source;
    private final Nesting nesting;
    private boolean ended;
    private long base; // input bytes before bytes[0]
    private long line = 1;
    private long lineStart; // input bytes before this line

    /** Set once the input proved unreadable; whatever is asked afterwards gets the same answer. */
    private @Nullable RuntimeException failure;

    private ByteWindow(Nesting nesting, @Nullable InputStream source, byte[] bytes, int pos, int limit) {
        this.nesting = nesting;
        this.source = source;
        this.bytes = bytes;
        this.pos = pos;
        this.limit = limit;
        this.base = -pos;
        this.ended = source == null;
    }

    static ByteWindow over(Nesting nesting, byte[] bytes, int from, int to) {
        return new ByteWindow(nesting, null, bytes, from, to);
    }

    static ByteWindow over(Nesting nesting, InputStream source, int bufferSize) {
        return new ByteWindow(nesting, source, new byte[bufferSize], 0, 0);
    }

    /** Keeps all bytes from {@code pos} on until {@link #release()}. */
    void hold() {
        mark = pos;
    }

    /** {@return the position where {@link #hold()} was called, as moved since} */
    int held() {
        return mark;
    }

    void release() {
        mark = NONE;
    }

    /** Gets more bytes behind {@code limit}; false at the end of the input, but even then the kept ones may move. */
    boolean fill() {
        InputStream stream = source;
        if (ended || stream == null) {
            return false;
        }
        int keep = mark == NONE ? pos : mark;
        nesting.saveNames(bytes);
        byte[] target = bytes;
        if (keep == 0 && limit == bytes.length) {
            target = new byte[Math.max(16, bytes.length * 2)];
        }
        System.arraycopy(bytes, keep, target, 0, limit - keep);
        bytes = target;
        base += keep;
        pos -= keep;
        limit -= keep;
        mark = mark == NONE ? NONE : 0;
        int read = read(stream);
        ended = read < 0;
        limit += Math.max(read, 0);
        return read > 0;
    }

    private int read(InputStream stream) {
        try {
            int read = stream.read(bytes, limit, bytes.length - limit);
            if (read != 0) {
                return read;
            }
            int single = stream.read(); // against streams that break the contract: this one must block
            if (single >= 0) {
                bytes[limit] = (byte) single;
            }
            return single < 0 ? -1 : 1;
        } catch (IOException e) {
            throw fail(new UncheckedIOException(e));
        } catch (RuntimeException e) {
            throw fail(e);
        }
    }

    /** Returns the byte at {@code pos + ahead}, or -1 if the input ends before it. */
    int at(int ahead) {
        while (pos + ahead >= limit) {
            if (!fill()) {
                return -1;
            }
        }
        return bytes[pos + ahead] & 0xFF;
    }

    /** Moves to the next byte that is no white space and returns it, or -1 at the end of the input. */
    int nextNonSpace() {
        int p = pos;
        if (p < limit && bytes[p] > ' ') {
            return bytes[p];
        }
        if (p + 1 < limit && bytes[p] == ' ' && bytes[p + 1] > ' ') { // one space, as after a colon
            pos = p + 1;
            return bytes[p + 1];
        }
        return skipSpace();
    }

    private int skipSpace() {
        RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
        do {
            byte[] b = bytes;
            int p = pos;
            int end = limit;
            while (p < end) {
                int c = b[p];
                if (c == '\n') {
                    line++;
                    lineStart = base + p + 1;
                    p = Words.skipSpaces(b, p + 1, end);
                } else if (c == ' ' || c == '\r' || c == '\t') {
                    p++;
                } else {
                    pos = p;
                    return c & 0xFF;
                }
            }
            pos = p;
        } while (fill());
        return -1;
    }

    /** {@return the number of input bytes before {@code pos}} */
    long offset() {
        return base + pos;
    }

    long line() {
        return line;
    }

    long column() {
        return offset() - lineStart + 1;
    }

    /**
     * Remembers that no more can be read, and returns {@code cause}. The window ends here, so that whoever
     * looks for the next token comes through skipSpace(), where the cause is thrown again.
     */
    <X extends RuntimeException> X fail(X cause) {
        failure = cause;
        token = UNSEEN;
        limit = pos;
        ended = true;
        return cause;
    }

    /** Returns an exception for what stands at {@code pos}; the scanner can go on with another question. */
    JsonSyntaxException mismatch(String expected) {
        int to = Math.min(limit, pos + EXCERPT_CHARS);
        return JsonSyntaxException.unexpected(place(), expected, Utf8.excerpt(bytes, pos, to, EXCERPT_CHARS));
    }

    /** Returns an exception for ill-formed input at {@code pos}, or for input that ends there. */
    JsonSyntaxException unexpected(String expected, String inside) {
        return at(0) < 0 ? truncated("inside " + inside) : fail(mismatch(expected));
    }

    JsonSyntaxException truncated(String where) {
        return fail(JsonSyntaxException.truncated(place(), where));
    }

    private JsonSyntaxException.Place place() {
        return new JsonSyntaxException.Place(offset(), line, column(), nesting.path(bytes));
    }
}
