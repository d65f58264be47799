package io.clockwork.json.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values that JSON has no type for: an object whose one member names the type and gives the value as Java writes it. */
enum ValueForm {
    INT {
        @Override
        Object parse(String text) {
            return Integer.valueOf(text);
        }
    },
    SHORT {
        @Override
        Object parse(String text) {
            return Short.valueOf(text);
        }
    },
    BYTE {
        @Override
        Object parse(String text) {
            return Byte.valueOf(text);
        }
    },
    DOUBLE {
        @Override
        Object parse(String text) {
            return Double.valueOf(text);
        }
    },
    FLOAT {
        @Override
        Object parse(String text) {
            return Float.valueOf(text);
        }
    },
    /** By its number, as a char may be half a character. */
    CHAR {
        @Override
        Object parse(String text) {
            int number = Integer.parseInt(text);
            if (number < 0 || number > Character.MAX_VALUE) {
                throw new NumberFormatException("a char is from 0 to 65535, was " + number);
            }
            return (char) number;
        }
    },
    /** Of any other type: what its string says. */
    OTHER {
        @Override
        Object parse(String text) {
            return text;
        }
    };

    private static final int MAX_NUMBER = 64;

    static ValueForm of(Object value) {
        if (value instanceof Integer) {
            return INT;
        }
        if (value instanceof Short) {
            return SHORT;
        }
        if (value instanceof Byte) {
            return BYTE;
        }
        if (value instanceof Double) {
            return DOUBLE;
        }
        if (value instanceof Float) {
            return FLOAT;
        }
        return value instanceof Character ? CHAR : OTHER;
    }

    static @Nullable ValueForm named(String name) {
        for (ValueForm form : values()) {
            if (form.typeName().equals(name)) {
                return form;
            }
        }
        return null;
    }

    String typeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text(Object value) {
        return value instanceof Character c ? Integer.toString(c) : String.valueOf(value);
    }

    /** Throws {@link NumberFormatException} when the text is none. */
    abstract Object parse(String text);

    /** As {@link #parse}, of text from outside. */
    Object read(String text) {
        if (this != OTHER && text.length() > MAX_NUMBER) {
            throw new NumberFormatException("a number has at most " + MAX_NUMBER + " characters, had " + text.length());
        }
        return parse(text);
    }
}
