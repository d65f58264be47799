package io.clockwork.fuzz;

import io.clockwork.HeaderNames;
import io.clockwork.binary.BinaryCodec;

/** Binary headers. */
public final class BinaryFuzz {
    private static final HeaderNames NAMES = new HeaderNames("lamport", "vector", "id", "type");
    private static final CodecLaws<byte[]> LAWS =
            new CodecLaws<>(BinaryCodec.builder().names(NAMES).build(), NAMES, false);

    private BinaryFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        LAWS.check(data);
    }
}
