package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;

/** Counters and bytes, which must be integers as JSON writes them: no sign, no fraction, no exponent. */
final class JsonNumbers {
    private JsonNumbers() {}

    /** {@return the counter at {@code at}, where a well-formed value stands} */
    static long counter(String path, byte[] json, int at) {
        int p = at;
        long number = 0;
        boolean tooLarge = false;
        while (p < json.length && json[p] >= '0' && json[p] <= '9') {
            int digit = json[p++] - '0';
            tooLarge |= number > (Long.MAX_VALUE - digit) / 10;
            number = number * 10 + digit;
        }
        if (p == at && json[at] != '-') {
            throw new JsonFault(Reason.WRONG_TYPE, path, at, "expected a counter: an integer without quotes");
        }
        if (p == at || (p < json.length && (json[p] == '.' || json[p] == 'e' || json[p] == 'E'))) {
            throw new JsonFault(
                    Reason.BAD_NUMBER, path, at, "expected a counter: digits without sign, fraction or exponent");
        }
        if (tooLarge) {
            throw new JsonFault(
                    Reason.COUNTER_OUT_OF_RANGE, path, at, "counter is above the limit of " + Long.MAX_VALUE);
        }
        return number;
    }

    /** {@return the byte at {@code at}, where a well-formed value stands} */
    static byte unsignedByte(String path, byte[] json, int at) {
        long number = counter(path, json, at);
        if (number > 255) {
            throw new JsonFault(Reason.COUNTER_OUT_OF_RANGE, path, at, "byte must be from 0 to 255");
        }
        return (byte) number;
    }
}
