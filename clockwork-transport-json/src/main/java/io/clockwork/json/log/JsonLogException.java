package io.clockwork.json.log;

/** Thrown when a file is no event log, or one of a version that this reader does not know; safe to log. */
public final class JsonLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonLogException(String file, long line, String reason) {
        super(file + ": line " + line + ": " + reason);
    }
}
