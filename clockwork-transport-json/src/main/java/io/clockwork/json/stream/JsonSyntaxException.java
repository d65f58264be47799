package io.clockwork.json.stream;

/**
 * Thrown when a document is not well-formed JSON, passes a limit, or is not what the reader asked
 * for; its message is cut and escaped, so that it is safe to log.
 */
public final class JsonSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Where in the input something was found, kept together because every message tells it all. */
    record Place(long offset, long line, long column, String path) {}

    private final long offset;
    private final long line;
    private final long column;
    private final String path;
    private final String expected;
    private final String excerpt;
    private final boolean truncated;

    private JsonSyntaxException(String message, Place place, String expected, String excerpt, boolean truncated) {
        super(message);
        this.offset = place.offset();
        this.line = place.line();
        this.column = place.column();
        this.path = place.path();
        this.expected = expected;
        this.excerpt = excerpt;
        this.truncated = truncated;
    }

    /** Creates an exception for {@code excerpt}, already cut and escaped, found instead of {@code expected}. */
    static JsonSyntaxException unexpected(Place place, String expected, String excerpt) {
        String message = "at " + text(place) + ": expected " + expected + ", found \"" + excerpt + '"';
        return new JsonSyntaxException(message, place, expected, excerpt, false);
    }

    /** Creates an exception for input that ends {@code where}, such as {@code inside a string}. */
    static JsonSyntaxException truncated(Place place, String where) {
        String message = "input ends " + where + " at " + text(place);
        return new JsonSyntaxException(message, place, "more input", "", true);
    }

    private static String text(Place place) {
        return "line " + place.line() + ", column " + place.column() + " (offset " + place.offset() + "), "
                + place.path();
    }

    /** {@return the number of input bytes before the place of the error} */
    public long offset() {
        return offset;
    }

    /** {@return the line of the error, from 1; only line feeds end a line} */
    public long line() {
        return line;
    }

    /** {@return the column of the error in bytes, from 1} */
    public long column() {
        return column;
    }

    /**
     * Returns the path of the value at fault, such as {@code $.data[0].spans[3].startTime}; at most
     * about 1,500 characters, the middle of a longer one is left out.
     */
    public String path() {
        return path;
    }

    /** {@return what should have been there} */
    public String expected() {
        return expected;
    }

    /** {@return at most 40 characters of what was there, in printable ASCII; empty if the input ended} */
    public String excerpt() {
        return excerpt;
    }

    /** {@return whether the input ended too early: all that is there could begin a valid document} */
    public boolean isTruncated() {
        return truncated;
    }
}
