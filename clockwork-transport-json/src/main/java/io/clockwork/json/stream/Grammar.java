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

    private static final int UNSEEN = ByteWindow.UNSEEN;
    private static final JsonToken[] TOKENS = JsonToken.values();
    private static final byte[] VALUES = values();

    private final ByteWindow window;
    private final Nesting nesting;
    private int state = START;
    private int afterValue = END;

    Grammar(ByteWindow window, Nesting nesting) {
        this.window = window;
        this.nesting = nesting;
    }

    /** {@return the token that comes next, at whose first byte the window then is} */
    JsonToken peek() {
        int next = window.token;
        return next >= 0 ? TOKENS[next] : advance();
    }

    /** Notes that the window has moved past the name which came next. */
    void consumeName() {
        window.token = UNSEEN;
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
        window.token = UNSEEN;
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
        window.token = UNSEEN;
        state = afterValue;
    }

    /** Moves to the next token and says what it is, from its first byte; short, so that it gets inlined. */
    private JsonToken advance() {
        int c = window.nextNonSpace();
        switch (state) {
            case MEMBER_VALUE -> {}
            case NEXT_NAME -> {
                return c == ',' ? nextName() : end(c, '}', "',' or '}'");
            }
            case FIRST_NAME -> {
                return c == '"' ? found(JsonToken.NAME) : end(c, '}', "a name in quotes or '}'");
            }
            case NEXT_ELEMENT -> {
                if (c != ',') {
                    return end(c, ']', "',' or ']'");
                }
                c = step();
                nesting.element();
            }
            case FIRST_ELEMENT -> {
                if (c == ']') {
                    return found(JsonToken.END_ARRAY);
                }
                nesting.element();
            }
            case COLON -> c = skipColon(c);
            case START -> c = skipMark(c);
            default -> {
                return endDocument(c);
            }
        }
        int value = c < 0 ? UNSEEN : VALUES[c];
        if (value < 0) {
            throw noValue(c);
        }
        window.token = value;
        return TOKENS[value];
    }

    /** Moves past the byte that comes next and to the one after it that is no white space, which it returns. */
    private int step() {
        window.pos++;
        return window.nextNonSpace();
    }

    private JsonToken nextName() {
        if (step() != '"') {
            throw window.unexpected("a name in quotes", "an object");
        }
        return found(JsonToken.NAME);
    }

    private JsonToken end(int c, char bracket, String expected) {
        if (c != bracket) {
            throw window.unexpected(expected, bracket == '}' ? "an object" : "an array");
        }
        return found(bracket == '}' ? JsonToken.END_OBJECT : JsonToken.END_ARRAY);
    }

    private JsonToken endDocument(int c) {
        if (c >= 0) {
            throw window.unexpected("nothing after the document", "a document");
        }
        return found(JsonToken.END_DOCUMENT);
    }

    private int skipColon(int c) {
        if (c != ':') {
            throw window.unexpected("':'", "an object");
        }
        return step();
    }

    private JsonToken found(JsonToken next) {
        window.token = code(next);
        return next;
    }

    @SuppressWarnings("EnumOrdinal") // never leaves this class
    private static byte code(JsonToken token) {
        return (byte) token.ordinal();
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
            values[c] = code(JsonToken.NUMBER);
        }
        values['"'] = code(JsonToken.STRING);
        values['{'] = code(JsonToken.BEGIN_OBJECT);
        values['['] = code(JsonToken.BEGIN_ARRAY);
        values['t'] = code(JsonToken.BOOLEAN);
        values['f'] = code(JsonToken.BOOLEAN);
        values['n'] = code(JsonToken.NULL);
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
