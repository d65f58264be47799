package io.clockwork.binary;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import java.util.HexFormat;

/** Makes the exception for bytes that were refused: it shows the bytes near the fault and copies no others. */
final class Refusal {
    /** As many as an exception shows of hexadecimal digits, less the dots of two cuts. */
    private static final int SHOWN = 17;

    private static final HexFormat HEX = HexFormat.of();
    private static final int ID_CHARS = 40;

    private Refusal() {}

    static CausalityCodecException of(Reason reason, String header, byte[] in, int offset, String problem) {
        return new CausalityCodecException(reason, header, offset, problem, excerpt(in, offset));
    }

    private static String excerpt(byte[] in, int offset) {
        int from = Math.max(0, Math.min(offset - SHOWN / 2, in.length - SHOWN));
        int to = Math.min(in.length, from + SHOWN);
        return (from > 0 ? "..." : "") + HEX.formatHex(in, from, to) + (to < in.length ? "..." : "");
    }

    /** {@return the beginning of an id in quotes; escaping it is the exception's part} */
    static String quoted(String id) {
        return '"' + (id.length() > ID_CHARS ? id.substring(0, ID_CHARS) + "..." : id) + '"';
    }
}
