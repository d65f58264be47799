package io.clockwork.json.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pull scanner over one JSON document in UTF-8: strict RFC 8259, one pass, constant memory.
 *
 * <pre>{@code
 * try (JsonScanner json = JsonScanner.of(stream)) {
 *     for (json.beginArray(); json.hasNext(); ) {
 *         total += json.nextLong();
 *     }
 *     json.endArray();
 *     json.endDocument();
 * }
 * }</pre>
 *
 * <p>Everything is validated, skipped values too: UTF-8, escapes (a lone surrogate is refused), numbers,
 * commas, and with {@link #endDocument()} that nothing follows. A leading byte order mark is skipped.
 * Member names may repeat. Memory is one buffer of 64 KiB, grown only for a longer string, plus a few
 * words per open object or array; every call takes time linear in the bytes it reads.
 *
 * <p>Errors: {@link JsonSyntaxException} when the document is ill-formed, passes a limit or has another
 * type of value than asked for. In that last case the scanner stays before the value, so that another
 * method can read it; after all other errors each call throws the same exception again. A call that no
 * document could satisfy, such as for a value where a name is due, is an {@link IllegalStateException}.
 * An {@link IOException} of the stream arrives as {@link UncheckedIOException}. Not thread-safe.
 */
public final class JsonScanner implements AutoCloseable {
    private static final int BUFFER_SIZE = 64 << 10;

    private final @Nullable InputStream source;
    private final ByteWindow window;
    private final Nesting nesting;
    private final StringToken string;
    private final NumberToken number;
    private final Grammar grammar;

    private JsonScanner(@Nullable InputStream source, Nesting nesting, ByteWindow window, JsonLimits limits) {
        this.source = source;
        this.nesting = nesting;
        this.window = window;
        this.string = new StringToken(window, limits.maxStringBytes());
        this.grammar = new Grammar(window, nesting);
        this.number = new NumberToken(window, limits.maxNumberChars());
    }

    /** {@return a scanner with default limits; closing it closes {@code source}} */
    public static JsonScanner of(InputStream source) {
        return of(source, JsonLimits.DEFAULT);
    }

    /** {@return a scanner of what {@code source} gives up to its end; closing it closes {@code source}} */
    public static JsonScanner of(InputStream source, JsonLimits limits) {
        return of(source, limits, BUFFER_SIZE);
    }

    /** {@return a scanner that begins with a buffer of {@code bufferSize} bytes, at least 1} */
    static JsonScanner of(InputStream source, JsonLimits limits, int bufferSize) {
        Nesting nesting = new Nesting(requireNonNull(limits, "limits").maxDepth());
        ByteWindow window = ByteWindow.over(nesting, requireNonNull(source, "source"), bufferSize);
        return new JsonScanner(source, nesting, window, limits);
    }

    /** {@return a scanner with default limits over {@code bytes}, which are neither copied nor changed} */
    public static JsonScanner of(byte[] bytes) {
        return of(bytes, 0, requireNonNull(bytes, "bytes").length, JsonLimits.DEFAULT);
    }

    /** {@return a scanner of {@code length} bytes from {@code offset}, which are neither copied nor changed} */
    public static JsonScanner of(byte[] bytes, int offset, int length, JsonLimits limits) {
        Objects.checkFromIndexSize(offset, length, requireNonNull(bytes, "bytes").length);
        Nesting nesting = new Nesting(requireNonNull(limits, "limits").maxDepth());
        return new JsonScanner(null, nesting, ByteWindow.over(nesting, bytes, offset, offset + length), limits);
    }

    /** {@return what comes next, without consuming it; of a value only its first byte has been looked at} */
    public JsonToken peek() {
        return grammar.peek();
    }

    /** {@return whether the current object or array has another member or element} */
    public boolean hasNext() {
        return !grammar.peek().isEnd();
    }

    /** Enters the object that comes next. */
    public void beginObject() {
        expect(JsonToken.BEGIN_OBJECT);
        grammar.enter(JsonToken.BEGIN_OBJECT);
    }

    /** Leaves the current object, all of whose members have been read. */
    public void endObject() {
        if (!nesting.inObject()) {
            throw new IllegalStateException("no object to end here, call endArray() or beginObject() first");
        }
        expect(JsonToken.END_OBJECT);
        grammar.leave();
    }

    /** Enters the array that comes next. */
    public void beginArray() {
        expect(JsonToken.BEGIN_ARRAY);
        grammar.enter(JsonToken.BEGIN_ARRAY);
    }

    /** Leaves the current array, all of whose elements have been read. */
    public void endArray() {
        if (nesting.depth() == 0 || nesting.inObject()) {
            throw new IllegalStateException("no array to end here, call endObject() or beginArray() first");
        }
        expect(JsonToken.END_ARRAY);
        grammar.leave();
    }

    /** Checks that the input ends here, after one complete value. */
    public void endDocument() {
        if (nesting.depth() > 0) {
            throw new IllegalStateException("an object or array is open, call endObject() or endArray() first");
        }
        expect(JsonToken.END_DOCUMENT);
    }

    /** {@return the name of the member that comes next} */
    public String nextName() {
        readName();
        return string.text(null);
    }

    /** {@return the name of the member that comes next, shared through {@code cache}} */
    public String nextName(StringCache cache) {
        requireNonNull(cache, "cache");
        readName();
        return string.text(cache);
    }

    /** {@return the index in {@code table} of the next member's name, or {@link NameTable#UNKNOWN}} */
    public int nextName(NameTable table) {
        requireNonNull(table, "table");
        readName();
        return string.index(table);
    }

    private void readName() {
        expect(JsonToken.NAME);
        string.read();
        nesting.name(string.from(), string.to());
        grammar.consumeName();
    }

    /** {@return the string that comes next} */
    public String nextString() {
        readString();
        return string.text(null);
    }

    /** {@return the string that comes next, shared through {@code cache}} */
    public String nextString(StringCache cache) {
        requireNonNull(cache, "cache");
        readString();
        return string.text(cache);
    }

    /** {@return the index in {@code table} of the string that comes next, or {@link NameTable#UNKNOWN}} */
    public int nextString(NameTable table) {
        requireNonNull(table, "table");
        readString();
        return string.index(table);
    }

    private void readString() {
        expect(JsonToken.STRING);
        string.read();
        grammar.consume();
    }

    /** {@return the integer that comes next; a fraction, an exponent or a value that is no long is refused} */
    public long nextLong() {
        expect(JsonToken.NUMBER);
        long value = number.readLong();
        grammar.consume();
        return value;
    }

    /** {@return the double nearest to the number that comes next; one too large for a double is refused} */
    public double nextDouble() {
        expect(JsonToken.NUMBER);
        double value = number.readDouble();
        grammar.consume();
        return value;
    }

    /** {@return the number that comes next as it is written} */
    public String nextNumberToken() {
        expect(JsonToken.NUMBER);
        String text = number.readText();
        grammar.consume();
        return text;
    }

    /** {@return the boolean that comes next} */
    public boolean nextBoolean() {
        expect(JsonToken.BOOLEAN);
        boolean value = window.at(0) == 't';
        grammar.skipLiteral(JsonToken.BOOLEAN);
        return value;
    }

    /** Consumes the {@code null} that comes next. */
    public void nextNull() {
        expect(JsonToken.NULL);
        grammar.skipLiteral(JsonToken.NULL);
    }

    /** Consumes the value that comes next with all that it holds; checks it but decodes nothing. */
    public void skipValue() {
        JsonToken next = grammar.peek();
        if (!next.isValue()) {
            throw refuse(next, "a value");
        }
        int outer = nesting.depth();
        skipToken(next);
        while (nesting.depth() > outer) {
            skipToken(grammar.peek());
        }
    }

    private void skipToken(JsonToken next) {
        switch (next) {
            case NAME -> readName();
            case STRING -> {
                string.skip();
                grammar.consume();
            }
            case NUMBER -> {
                number.skip();
                grammar.consume();
            }
            case BEGIN_OBJECT, BEGIN_ARRAY -> grammar.enter(next);
            case END_OBJECT, END_ARRAY -> grammar.leave();
            default -> grammar.skipLiteral(next);
        }
    }

    private void expect(JsonToken wanted) {
        JsonToken next = grammar.peek();
        if (next != wanted) {
            throw refuse(next, wanted.description());
        }
    }

    private RuntimeException refuse(JsonToken next, String expected) {
        if (next == JsonToken.NAME && !expected.equals(JsonToken.END_OBJECT.description())) {
            return new IllegalStateException("a name is due, call nextName() before reading its value");
        }
        if (expected.equals(JsonToken.NAME.description()) && next.isValue()) {
            return new IllegalStateException("a value is due, not a name; read or skip it first");
        }
        return next == JsonToken.END_DOCUMENT
                ? new IllegalStateException("the document was read to its end, there is no other value")
                : window.mismatch(expected);
    }

    /** {@return how many objects and arrays are open} */
    public int depth() {
        return nesting.depth();
    }

    /** {@return the number of input bytes consumed; after {@link #peek()}, those before that token} */
    public long offset() {
        return window.offset();
    }

    /** {@return the line of {@link #offset()}, from 1; only line feeds end a line} */
    public long line() {
        return window.line();
    }

    /** {@return the column of {@link #offset()} in bytes, from 1} */
    public long column() {
        return window.column();
    }

    /** Returns the path of the value last looked at, as {@link JsonSyntaxException#path()}; O(depth). */
    public String path() {
        return nesting.path(window.bytes);
    }

    /** Closes the stream, if there is one; the scanner is of no use afterwards. */
    @Override
    public void close() {
        window.fail(new IllegalStateException("the scanner was closed"));
        try {
            if (source != null) {
                source.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
