package io.clockwork.json.stream;

/** What comes next in a document, as told by {@link JsonScanner#peek()}. */
public enum JsonToken {
    /** The opening brace of an object. */
    BEGIN_OBJECT("an object"),
    /** The closing brace of an object. */
    END_OBJECT("the end of the object"),
    /** The opening bracket of an array. */
    BEGIN_ARRAY("an array"),
    /** The closing bracket of an array. */
    END_ARRAY("the end of the array"),
    /** The name of an object's member; its value follows. */
    NAME("a name"),
    /** A string value. */
    STRING("a string"),
    /** A number. */
    NUMBER("a number"),
    /** {@code true} or {@code false}. */
    BOOLEAN("true or false"),
    /** {@code null}. */
    NULL("null"),
    /** The end of the input after one complete value. */
    END_DOCUMENT("the end of the document");

    private final String description;

    JsonToken(String description) {
        this.description = description;
    }

    /** {@return whether this token is or begins a value} */
    boolean isValue() {
        return switch (this) {
            case END_OBJECT, END_ARRAY, NAME, END_DOCUMENT -> false;
            default -> true;
        };
    }

    /** {@return whether nothing more comes in the current object, array or document} */
    boolean isEnd() {
        return this == END_OBJECT || this == END_ARRAY || this == END_DOCUMENT;
    }

    /** {@return this token in the words of an error message} */
    String description() {
        return description;
    }
}
