package io.clockwork.analysis;

import java.util.Objects;

/**
 * Something in the input that could not be used as it was; the rest is analysed all the same.
 *
 * @param code a stable name of the kind of fault, for scripts
 * @param message what is wrong and what was done about it
 * @param line the line of the input, from 1; 0 where there is none
 */
public record Diagnostic(String code, String message, int line) {
    /** Creates a diagnostic. */
    public Diagnostic {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** {@return the message, after the line where there is one} */
    @Override
    public String toString() {
        return line > 0 ? "line " + line + ": " + message : message;
    }
}
