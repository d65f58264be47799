package io.clockwork.record;

import java.util.HexFormat;

/**
 * The name of a message between tasks of any recorders, the same on both sides: the ids of the trace and the span of a
 * W3C {@code traceparent}.
 *
 * @param traceHigh the upper 64 bits of the id of the sender's trace
 * @param traceLow the lower 64 bits
 * @param span the id of the sending, unique in the trace
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C, <i>Trace Context</i></a>
 */
public record MessageId(long traceHigh, long traceLow, long span) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int TRACE_LENGTH = 32;
    private static final int LENGTH = 49;

    /** {@return the id that {@link #toString} wrote as {@code text}; throws {@link IllegalArgumentException} if none} */
    public static MessageId parse(String text) {
        boolean formed = text.length() == LENGTH && text.charAt(TRACE_LENGTH) == '-';
        for (int i = 0; i < LENGTH && formed; i++) {
            formed = i == TRACE_LENGTH || HexFormat.isHexDigit(text.charAt(i));
        }
        if (!formed) {
            throw new IllegalArgumentException(
                    "a message id is 32 hexadecimal digits, '-' and 16 more, was " + text.length() + " characters");
        }
        return new MessageId(
                HexFormat.fromHexDigitsToLong(text, 0, 16),
                HexFormat.fromHexDigitsToLong(text, 16, TRACE_LENGTH),
                HexFormat.fromHexDigitsToLong(text, TRACE_LENGTH + 1, LENGTH));
    }

    /** {@return the trace's id, 32 lower-case hexadecimal digits} */
    public String traceId() {
        return traceId(traceHigh, traceLow);
    }

    static String traceId(long high, long low) {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /** {@return trace id and span id, {@code 32hex-16hex}, in lower case} */
    @Override
    public String toString() {
        return traceId() + '-' + HEX.toHexDigits(span);
    }
}
