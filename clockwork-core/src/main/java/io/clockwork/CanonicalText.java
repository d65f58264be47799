package io.clockwork;

import io.clockwork.CausalityCodecException.Reason;

/** The text forms that {@code toString} writes and {@code parse} reads: {@code node:time} and {@code a=1,b=0}. */
final class CanonicalText {
    private static final String VECTOR = "vector timestamp";
    private static final String LAMPORT = "Lamport timestamp";

    private CanonicalText() {}

    static LamportTimestamp parseLamport(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new CausalityCodecException(
                    Reason.MISSING_DELIMITER, LAMPORT, text.length(), "expected \"node:time\", found no ':'", text);
        }
        String id = id(LAMPORT, text, 0, colon);
        if (id.indexOf(':') >= 0) {
            throw new CausalityCodecException(
                    Reason.ILLEGAL_ID, LAMPORT, id.indexOf(':'), "a Lamport clock's node id holds no ':'", text);
        }
        return new LamportTimestamp(id, counter(LAMPORT, text, colon + 1, text.length()));
    }

    static VectorTimestamp parseVector(String text) {
        if (text.isEmpty()) {
            return VectorTimestamp.empty();
        }
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        int from = 0;
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            int equals = text.indexOf('=', from);
            if (equals < 0 || equals >= to) {
                throw new CausalityCodecException(
                        Reason.MISSING_DELIMITER, VECTOR, from, "expected \"node=counter\", found no '='", text);
            }
            builder.put(id(VECTOR, text, from, equals), counter(VECTOR, text, equals + 1, to));
            from = to + 1;
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException duplicate) {
            throw new CausalityCodecException(Reason.DUPLICATE_ID, VECTOR, -1, message(duplicate), text);
        }
    }

    private static String id(String key, String text, int from, int to) {
        if (from == to) {
            throw new CausalityCodecException(Reason.EMPTY_ID, key, from, "expected a node id, found none", text);
        }
        String id = text.substring(from, to);
        String problem = NodeIds.problem(id);
        if (problem != null) {
            throw new CausalityCodecException(Reason.ILLEGAL_ID, key, from, problem, text);
        }
        return id;
    }

    /** Optional plus, then ASCII digits: unlike {@code Long.parseLong}, no other digits and no minus. */
    private static long counter(String key, String text, int from, int to) {
        int i = from < to && text.charAt(from) == '+' ? from + 1 : from;
        if (i == to) {
            throw new CausalityCodecException(Reason.BAD_NUMBER, key, from, "expected a counter, found none", text);
        }
        long value = 0;
        for (; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new CausalityCodecException(Reason.BAD_NUMBER, key, i, "expected a digit", text);
            }
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw new CausalityCodecException(
                        Reason.COUNTER_OUT_OF_RANGE, key, from, "counter is above " + Long.MAX_VALUE, text);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static String message(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }
}
