package io.clockwork.analysis.format;

/** Thrown when input is none of the formats, or not well-formed in its own; the message says what and where. */
public final class LogFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception; {@code message} is one line that is safe to show. */
    public LogFormatException(String message) {
        super(message);
    }

    LogFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
