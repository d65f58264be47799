package io.clockwork.fuzz;

import io.clockwork.HeaderNames;
import io.clockwork.text.TextCodec;
import java.nio.charset.StandardCharsets;

/** Text headers, escaped and raw; the first byte chooses how bytes become characters. */
public final class TextFuzz {
    private static final HeaderNames NAMES = new HeaderNames("lamport", "vector", "id", "type");
    private static final CodecLaws<String> ESCAPED =
            new CodecLaws<>(TextCodec.builder().names(NAMES).build(), NAMES, false);
    private static final CodecLaws<String> RAW =
            new CodecLaws<>(TextCodec.builder().names(NAMES).raw().build(), NAMES, true);

    private TextFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String header = data[0] == '8'
                ? new String(data, 1, data.length - 1, StandardCharsets.UTF_8)
                : new String(data, 0, data.length, StandardCharsets.ISO_8859_1);
        ESCAPED.check(header);
        RAW.check(header);
    }
}
