package io.clockwork;

import java.util.Objects;

/**
 * Thrown when causality cannot be read from, or written to, a carrier; its message is safe to log.
 *
 * <p>Whatever a peer sends, a decoder ends in a value, in an empty result, or in this exception.
 */
public final class CausalityCodecException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int MAX_KEY_CHARS = 100;
    private static final int MAX_PROBLEM_CHARS = 400;

    /** What is wrong, for callers that count or act on it. */
    public enum Reason {
        /** A value that must not be empty is. */
        EMPTY,
        /** A header or member that the whole needs is absent. */
        MISSING,
        /** An entry lacks the sign between id and number. */
        MISSING_DELIMITER,
        /** An entry has no node id. */
        EMPTY_ID,
        /** A node id holds a character that ids must not hold, or is too long. */
        ILLEGAL_ID,
        /** The same node id stands twice. */
        DUPLICATE_ID,
        /** A member stands twice, or stands already where it should be written. */
        DUPLICATE_MEMBER,
        /** A counter is not a number in the form that the format asks for. */
        BAD_NUMBER,
        /** A counter is above 2<sup>63</sup>&minus;1. */
        COUNTER_OUT_OF_RANGE,
        /** A percent escape is incomplete, or its bytes are not UTF-8. */
        BAD_ESCAPE,
        /** A character that the form does not allow. */
        ILLEGAL_CHARACTER,
        /** A value has the wrong type. */
        WRONG_TYPE,
        /** The input ends too early. */
        TRUNCATED,
        /** The input goes on after its end. */
        TRAILING_DATA,
        /** Bytes that should be UTF-8 are not. */
        INVALID_UTF8,
        /** A size or a depth is above its limit. */
        LIMIT_EXCEEDED
    }

    private final Reason reason;
    private final String key;
    private final int offset;

    /**
     * Creates an exception for {@code input} that was refused at {@code offset}.
     *
     * @param reason the kind of fault
     * @param key the header's name or the path of the JSON member
     * @param offset where in the input, or -1 when the fault has no place
     * @param problem what was expected and found, in words; escaped for the message
     * @param input the whole input, or the part of it at hand; cut and escaped for the message
     */
    public CausalityCodecException(Reason reason, String key, int offset, String problem, CharSequence input) {
        super(Excerpt.printable(Objects.requireNonNull(key, "key"), MAX_KEY_CHARS)
                + (offset >= 0 ? " at offset " + offset : "")
                + ": "
                + Excerpt.printable(Objects.requireNonNull(problem, "problem"), MAX_PROBLEM_CHARS)
                + (input.isEmpty() ? "" : ", in \"" + Excerpt.around(input, offset) + '"'));
        this.reason = Objects.requireNonNull(reason, "reason");
        this.key = key;
        this.offset = offset;
    }

    /** {@return the kind of fault} */
    public Reason reason() {
        return reason;
    }

    /** {@return the header's name or the JSON path} */
    public String key() {
        return key;
    }

    /** {@return where in the input the fault is, or -1 when it has no place} */
    public int offset() {
        return offset;
    }
}
