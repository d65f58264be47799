package io.clockwork.record;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What W3C's headers {@code traceparent} and {@code tracestate} say.
 *
 * @param high the upper 64 bits of the trace's id
 * @param low the lower 64 bits; not both are 0
 * @param span the id of what was sent; 0 for a trace that nothing set off
 * @param flags the lowest bit says that the trace is recorded, the next one that its id is random
 * @param state what other tools said, passed on as it came; empty when they said nothing
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C, <i>Trace Context</i></a>
 */
record TraceContext(long high, long low, long span, int flags, String state) {
    static final String PARENT = "traceparent";
    static final String STATE = "tracestate";
    static final int SAMPLED = 1;

    private static final HexFormat HEX = HexFormat.of();
    private static final int KNOWN_FLAGS = 3;
    private static final int LENGTH = 55;
    private static final int MAX_STATE_LENGTH = 512;
    private static final int MAX_STATE_MEMBERS = 32;

    /** {@return what the headers say; null when {@code parent} is not of the form} */
    static @Nullable TraceContext parse(String parent, @Nullable String state) {
        if (!isFormed(parent)) {
            return null;
        }
        long high = HexFormat.fromHexDigitsToLong(parent, 3, 19);
        long low = HexFormat.fromHexDigitsToLong(parent, 19, 35);
        long span = HexFormat.fromHexDigitsToLong(parent, 36, 52);
        if ((high | low) == 0 || span == 0) {
            return null;
        }
        int flags = HexFormat.fromHexDigits(parent, 53, LENGTH) & KNOWN_FLAGS;
        return new TraceContext(high, low, span, flags, state != null && isState(state) ? state : "");
    }

    /* Versions to come may add fields behind these, but 255 is none. */
    private static boolean isFormed(String parent) {
        if (parent.length() < LENGTH || (parent.length() > LENGTH && parent.charAt(LENGTH) != '-')) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = parent.charAt(i);
            boolean dash = i == 2 || i == 35 || i == 52;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return !parent.startsWith("ff") && (parent.length() == LENGTH || !parent.startsWith("00"));
    }

    private static boolean isState(String state) {
        if (state.length() > MAX_STATE_LENGTH) {
            return false;
        }
        int members = 1;
        for (int i = 0; i < state.length(); i++) {
            char c = state.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                return false;
            }
            members += c == ',' ? 1 : 0;
        }
        return members <= MAX_STATE_MEMBERS;
    }

    boolean isSameTrace(TraceContext other) {
        return high == other.high && low == other.low;
    }

    String traceId() {
        return MessageId.traceId(high, low);
    }

    /** {@return the {@code traceparent} of something sent in the trace} */
    String parent(long sentSpan) {
        return "00-" + traceId() + '-' + HEX.toHexDigits(sentSpan) + '-' + HEX.toHexDigits((byte) flags);
    }
}
