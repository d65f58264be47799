package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StringCacheTest {
    @Provide
    Arbitrary<List<String>> texts() {
        return JsonDocuments.strings().list().ofMaxSize(50);
    }

    @Property
    void givesTheRightStringWhateverCollides(
            @ForAll("texts") List<String> texts, @ForAll @IntRange(min = 1, max = 8) int slots) {
        StringCache cache = StringCache.withSlots(slots);
        for (String text : texts) {
            byte[] bytes = ("[" + text + "]").getBytes(UTF_8);
            assertThat(cache.get(bytes, 1, bytes.length - 1)).isEqualTo(text);
        }
    }

    @Test
    void doesNotKeepLongStrings() {
        StringCache cache = StringCache.withSlots(1);
        byte[] longest = "x".repeat(64).getBytes(UTF_8);
        assertThat(cache.get(longest, 0, 64)).isSameAs(cache.get(longest, 0, 64));
        byte[] longer = "x".repeat(65).getBytes(UTF_8);
        assertThat(cache.get(longer, 0, 65)).isNotSameAs(cache.get(longer, 0, 65));
    }

    @Test
    void refusesASizeOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StringCache.withSlots(0))
                .withMessage("slots must be from 1 to 1048576, was 0");
    }
}
