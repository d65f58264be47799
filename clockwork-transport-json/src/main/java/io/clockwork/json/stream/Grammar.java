package io.clockwork.json.stream;

import java.util.Arrays;

/** Where in RFC 8259's grammar a scanner stands: which token comes next, and what follows once it is consumed. */
final class Grammar {
    /*
     * States and the token are ints, not enum constants, because a reference stored in every step costs
     * a garbage collector's write barrier. A state tells where the scanner stands once the current token
     * is consumed.
     */
    private static final int START = 0;
    private static final int FIRST_ELEMENT = 1;
    private static final int NEXT_ELEMENT = 2;
    private static final int FIRST_NAME = 3;
    private static final int NEXT_NAME = 4;
    private static final int COLON = 5;
    private static final int MEMBER_VALUE = 6;
    private static final int END = 7;

    private static final int UNSEEN = -1;
    private static final JsonToken[] TOKENS = JsonToken.values();
    private static final byte[] VALUES = values();

    private final ByteWindow window;
    private final Nesting nesting;
    private int state = START;
    private int afterValue = END;

    /** The ordinal of the token that begins at the window's place, or UNSEEN if nobody has looked yet. */
    private int token = UNSEEN;

    Grammar(ByteWindow window, Nesting nesting) {
        this.window = window;
        this.nesting = nesting;
    }

    /** {@return the token that comes next, at whose first byte the window then is} */
    JsonToken peek() {
        window.requireUsable();
        int next = token;
        return next >= 0 ? TOKENS[next] : advance();
    }

    /** Notes that the window has moved past the name which came next. */
    void consumeName() {
        token = UNSEEN;
        if (window.pos < window.limit && window.bytes[window.pos] == ':') { // nearly always
            window.pos++;
            state = MEMBER_VALUE;
        } else {
            state = COLON;
        }
    }

    /** Moves past the literal that comes next. */
    void skipLiteral(JsonToken kind) {
        int first = window.at(0);
        String literal = kind == JsonToken.NULL ? "null" : first == 't' ? "true" : "false";
        for (int i = 1; i < literal.length(); i++) {
            int c = window.at(i);
            if (c != literal.charAt(i)) {
                throw c < 0 ? window.truncated("inside a literal") : window.fail(window.mismatch(literal));
            }
        }
        window.pos += literal.length();
        consume();
    }

    /** Moves into the object or array that comes next. */
    void enter(JsonToken kind) {
        if (nesting.isFull()) {
            throw window.fail(window.mismatch("at most " + nesting.maxDepth() + " levels of nesting"));
        }
        if (kind == JsonToken.BEGIN_OBJECT) {
            nesting.openObject();
            state = FIRST_NAME;
            afterValue = NEXT_NAME;
        } else {
            nesting.openArray();
            state = FIRST_ELEMENT;
            afterValue = NEXT_ELEMENT;
        }
        window.pos++;
        token = UNSEEN;
    }

    /** Moves past the end of the current object or array. */
    void leave() {
        nesting.close();
        window.pos++;
        afterValue = nesting.depth() == 0 ? END : nesting.inObject() ? NEXT_NAME : NEXT_ELEMENT;
        consume();
    }

    /** Notes that a value was read, or will be by the caller. */
    void consume() {
        token = UNSEEN;
        state = afterValue;
    }

    /** Moves to the next token and says what it is, from its first byte. */
    private JsonToken advance() {
        int c = window.nextNonSpace();
        switch (state) {
            case NEXT_ELEMENT -> {
                if (c == ']') {
                    return found(JsonToken.END_ARRAY);
                }
                if (c != ',') {
                    throw window.unexpected("',' or ']'", "an array");
                }
                window.pos++;
                c = window.nextNonSpace();
                nesting.element();
            }
            case FIRST_ELEMENT -> {
                if (c == ']') {
                    return found(JsonToken.END_ARRAY);
                }
                nesting.element();
            }
            case NEXT_NAME -> {
                if (c == '}') {
                    return found(JsonToken.END_OBJECT);
                }
                if (c != ',') {
                    throw window.unexpected("',' or '}'", "an object");
                }
                window.pos++;
                if (window.nextNonSpace() != '"') {
                    throw window.unexpected("a name in quotes", "an object");
                }
                return found(JsonToken.NAME);
            }
            case FIRST_NAME -> {
                if (c == '}') {
                    return found(JsonToken.END_OBJECT);
                }
                if (c != '"') {
                    throw window.unexpected("a name in quotes or '}'", "an object");
                }
                return found(JsonToken.NAME);
            }
            case COLON -> {
                if (c != ':') {
                    throw window.unexpected("':'", "an object");
                }
                window.pos++;
                c = window.nextNonSpace();
            }
            case START -> c = skipMark(c);
            case MEMBER_VALUE -> {}
            default -> {
                if (c >= 0) {
                    throw window.unexpected("nothing after the document", "a document");
                }
                return found(JsonToken.END_DOCUMENT);
            }
        }
        int value = c < 0 ? UNSEEN : VALUES[c];
        if (value < 0) {
            throw noValue(c);
        }
        token = value;
        return TOKENS[value];
    }

    private JsonToken found(JsonToken next) {
        token = next.ordinal();
        return next;
    }

    private JsonSyntaxException noValue(int c) {
        return nesting.depth() == 0 && c < 0
                ? window.truncated("before a value")
                : window.unexpected("a value", nesting.inObject() ? "an object" : "an array");
    }

    /** {@return by first byte, the ordinal of the token of the value that begins so, or UNSEEN} */
    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) UNSEEN);
        for (char c : "-0123456789".toCharArray()) {
            values[c] = (byte) JsonToken.NUMBER.ordinal();
        }
        values['"'] = (byte) JsonToken.STRING.ordinal();
        values['{'] = (byte) JsonToken.BEGIN_OBJECT.ordinal();
        values['['] = (byte) JsonToken.BEGIN_ARRAY.ordinal();
        values['t'] = (byte) JsonToken.BOOLEAN.ordinal();
        values['f'] = (byte) JsonToken.BOOLEAN.ordinal();
        values['n'] = (byte) JsonToken.NULL.ordinal();
        return values;
    }

    /** Skips a byte order mark if the input begins with one, and returns the first byte behind it. */
    private int skipMark(int first) {
        if (first != 0xEF || window.offset() > 0 || window.at(1) != 0xBB || window.at(2) != 0xBF) {
            return first;
        }
        window.pos += 3;
        return window.nextNonSpace();
    }
}
