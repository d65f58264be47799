package io.clockwork.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.testing.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The headers of the crate's cases, and the codecs that write and read them. */
final class CrateHeaders {
    static final String LAMPORT = "X-Causality-Lamport";
    static final String VECTOR = "X-Causality-Vector";
    static final String ID = "X-Causality-EventId";
    static final String TYPE = "X-Causality-EventType";

    /** The crate has no limits; only that of an id stands, for it is part of what an id is. */
    private static final CodecLimits WIDE = new CodecLimits(16 << 20, 1 << 20, 255);

    static final TextCodec ESCAPING = TextCodec.builder().limits(WIDE).build();
    static final TextCodec RAW = TextCodec.builder().limits(WIDE).raw().build();

    private CrateHeaders() {}

    /** The codec for a case with this text: ids beyond visible ASCII travel raw, as the crate writes them. */
    static TextCodec codec(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '%') ? ESCAPING : RAW;
    }

    /** A value over the default limits is refused under them, by 8.1; otherwise no rule. */
    static Set<String> overDefaults(int entries, String value, TextCodec codec, Consumer<TextCodec> action) {
        if (entries <= 256 && value.getBytes(StandardCharsets.UTF_8).length <= 8192) {
            return Set.of();
        }
        TextCodec byDefault = codec == RAW ? TextCodec.builder().raw().build() : TextCodec.create();
        CrateOutcome refused = CrateOutcome.of(() -> {
            action.accept(byDefault);
            return null;
        });
        assertThat(refused.error()).isNotNull();
        assertThat(refused.error().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        return Set.of("8.1");
    }

    static String stripped(String text) {
        return Arrays.stream(text.split(",", -1)).map(Evidence::strip).collect(Collectors.joining(","));
    }

    static String documented(String name) {
        return List.of(VECTOR, ID, TYPE).stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }
}
