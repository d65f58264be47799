package io.clockwork.json.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/**
 * Writes one JSON document, compact or indented; the same calls give the same characters.
 *
 * <pre>{@code
 * JsonWriter.compact(text).beginObject().name("races").value(2).endObject().endDocument();
 * }</pre>
 *
 * <p>Besides what JSON demands, {@code <}, U+2028, U+2029 and lone surrogates are escaped: the output
 * is well-formed in any Unicode encoding and may stand in a script element of an HTML page. Names are
 * not checked to be distinct. A misplaced call throws {@link IllegalStateException} and writes nothing; an
 * {@link IOException} of the target arrives as {@link UncheckedIOException}. Every call writes straight
 * to the target: give a buffered one. Not thread-safe.
 */
public final class JsonWriter {
    private static final long MAX_EXACT_INTEGER = 1L << 53;
    private static final String HEX = "0123456789abcdef";

    /** What the grammar allows next. */
    private enum Due {
        DOCUMENT,
        FIRST_ELEMENT,
        NEXT_ELEMENT,
        FIRST_NAME,
        NEXT_NAME,
        MEMBER_VALUE,
        NOTHING
    }

    private final Appendable out;
    private final boolean indented;
    private final BitSet objects = new BitSet(); // by level: whether it is an object
    private int depth;
    private Due due = Due.DOCUMENT;

    private JsonWriter(Appendable out, boolean indented) {
        this.out = requireNonNull(out, "out");
        this.indented = indented;
    }

    /** {@return a writer without white space} */
    public static JsonWriter compact(Appendable out) {
        return new JsonWriter(out, false);
    }

    /** {@return a writer with each member and element on a line of its own, indented by two spaces a level} */
    public static JsonWriter indented(Appendable out) {
        return new JsonWriter(out, true);
    }

    /** Begins an object. */
    public JsonWriter beginObject() {
        return begin('{', true);
    }

    /** Ends the current object. */
    public JsonWriter endObject() {
        if (due != Due.FIRST_NAME && due != Due.NEXT_NAME) {
            throw misuse("the end of an object");
        }
        return end('}', due == Due.NEXT_NAME);
    }

    /** Begins an array. */
    public JsonWriter beginArray() {
        return begin('[', false);
    }

    /** Ends the current array. */
    public JsonWriter endArray() {
        if (due != Due.FIRST_ELEMENT && due != Due.NEXT_ELEMENT) {
            throw misuse("the end of an array");
        }
        return end(']', due == Due.NEXT_ELEMENT);
    }

    /** Writes the name of a member, whose value is due next. */
    public JsonWriter name(String name) {
        requireNonNull(name, "name");
        if (due != Due.FIRST_NAME && due != Due.NEXT_NAME) {
            throw misuse("a name");
        }
        try {
            if (due == Due.NEXT_NAME) {
                out.append(',');
            }
            newLine();
            quote(name);
            out.append(indented ? ": " : ":");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        due = Due.MEMBER_VALUE;
        return this;
    }

    /** Writes a string. */
    public JsonWriter value(String value) {
        requireNonNull(value, "value");
        requireValueDue();
        try {
            separate();
            quote(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return valueWritten();
    }

    /** Writes an integer. */
    public JsonWriter value(long value) {
        return literal(Long.toString(value));
    }

    /**
     * Writes a number as {@link Double#toString(double)} does, but integers below 2<sup>53</sup>
     * without a fraction.
     *
     * @throws IllegalArgumentException if {@code value} is infinite or not a number
     */
    public JsonWriter value(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value must be finite to be written as JSON, was " + value
                    + "; write nullValue() or a string instead");
        }
        long integer = (long) value;
        boolean exact = integer == value && Math.abs(integer) < MAX_EXACT_INTEGER;
        boolean negativeZero = integer == 0 && Math.copySign(1, value) < 0;
        return literal(exact && !negativeZero ? Long.toString(integer) : Double.toString(value));
    }

    /** Writes {@code true} or {@code false}. */
    public JsonWriter value(boolean value) {
        return literal(value ? "true" : "false");
    }

    /** Writes {@code null}. */
    public JsonWriter nullValue() {
        return literal("null");
    }

    /** Checks that one complete document was written. */
    public void endDocument() {
        if (due != Due.NOTHING) {
            throw misuse("the end of the document");
        }
    }

    private JsonWriter literal(String text) {
        requireValueDue();
        try {
            separate();
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return valueWritten();
    }

    private JsonWriter begin(char bracket, boolean object) {
        requireValueDue();
        try {
            separate();
            out.append(bracket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        objects.set(depth, object);
        depth++;
        due = object ? Due.FIRST_NAME : Due.FIRST_ELEMENT;
        return this;
    }

    private JsonWriter end(char bracket, boolean filled) {
        depth--;
        try {
            if (filled) {
                newLine();
            }
            out.append(bracket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return valueWritten();
    }

    private void requireValueDue() {
        if (due == Due.FIRST_NAME || due == Due.NEXT_NAME || due == Due.NOTHING) {
            throw misuse("a value");
        }
    }

    private IllegalStateException misuse(String what) {
        String remedy = switch (due) {
            case DOCUMENT -> "a value is due";
            case FIRST_ELEMENT, NEXT_ELEMENT -> "a value or endArray() is due";
            case FIRST_NAME, NEXT_NAME -> "name() or endObject() is due";
            case MEMBER_VALUE -> "the value of the name is due";
            case NOTHING -> "the document is complete";
        };
        return new IllegalStateException(what + " cannot be written here, " + remedy);
    }

    private JsonWriter valueWritten() {
        due = depth == 0 ? Due.NOTHING : objects.get(depth - 1) ? Due.NEXT_NAME : Due.NEXT_ELEMENT;
        return this;
    }

    private void separate() throws IOException {
        if (due == Due.NEXT_ELEMENT) {
            out.append(',');
        }
        if (due == Due.NEXT_ELEMENT || due == Due.FIRST_ELEMENT) {
            newLine();
        }
    }

    private void newLine() throws IOException {
        if (indented) {
            out.append('\n');
            for (int i = 0; i < depth; i++) {
                out.append("  ");
            }
        }
    }

    private void quote(String text) throws IOException {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (isSpecial(c)) {
                out.append(text, written, i);
                escape(c);
                written = i + 1;
            }
        }
        if (written == 0) {
            out.append(text);
        } else {
            out.append(text, written, text.length());
        }
        out.append('"');
    }

    private static boolean isSpecial(char c) {
        return c < ' '
                || c == '"'
                || c == '\\'
                || c == '<'
                || c == '\u2028'
                || c == '\u2029'
                || Character.isSurrogate(c);
    }

    private void escape(char c) throws IOException {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xF));
                }
            }
        }
    }
}
