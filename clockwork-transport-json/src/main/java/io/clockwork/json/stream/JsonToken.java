package io.clockwork.json.stream;

/** What comes next in a document, as told by {@link JsonScanner#peek()}. */
public enum JsonToken {
    /** The opening brace of an object. */
    BEGIN_OBJECT("an object", true, false),
    /** The closing brace of an object. */
    END_OBJECT("the end of the object", false, true),
    /** The opening bracket of an array. */
    BEGIN_ARRAY("an array", true, false),
    /** The closing bracket of an array. */
    END_ARRAY("the end of the array", false, true),
    /** The name of an object's member; its value follows. */
    NAME("a name", false, false),
    /** A string value. */
    STRING("a string", true, false),
    /** A number. */
    NUMBER("a number", true, false),
    /** {@code true} or {@code false}. */
    BOOLEAN("true or false", true, false),
    /** {@code null}. */
    NULL("null", true, false),
    /** The end of the input after one complete value. */
    END_DOCUMENT("the end of the document", false, true);

    private final String description;
    private final boolean value; // fields, because a switch is slower where every token is asked
    private final boolean end;

    JsonToken(String description, boolean value, boolean end) {
        this.description = description;
        this.value = value;
        this.end = end;
    }

    /** {@return whether this token is or begins a value} */
    boolean isValue() {
        return value;
    }

    /** {@return whether nothing more comes in the current object, array or document} */
    boolean isEnd() {
        return end;
    }

    /** {@return this token in the words of an error message} */
    String description() {
        return description;
    }
}
