package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NameTableTest {
    @Property
    void findsItsNamesAndNoOthers(@ForAll Set<String> names, @ForAll String other) {
        List<String> known =
                names.stream().filter(UTF_8.newEncoder()::canEncode).toList();
        NameTable table = NameTable.of(known.toArray(new String[0]));
        for (int i = 0; i < known.size(); i++) {
            assertThat(table.indexOf(known.get(i))).isEqualTo(i);
            assertThat(table.name(i)).isEqualTo(known.get(i));
        }
        if (UTF_8.newEncoder().canEncode(other)) {
            assertThat(table.indexOf(other)).isEqualTo(known.indexOf(other));
        }
        assertThat(table.size()).isEqualTo(known.size());
    }

    @Test
    void tellsNamesOfOneLengthApartWhateverByteDiffers() {
        String base = "abcdefghijklmnopqrstuvwxyz";
        for (int length = 1; length <= base.length(); length++) {
            NameTable table = NameTable.of(base.substring(0, length));
            for (int i = 0; i < length; i++) {
                String other = base.substring(0, i) + "#" + base.substring(i + 1, length);
                assertThat(table.indexOf(other)).isEqualTo(NameTable.UNKNOWN);
            }
        }
    }

    @Test
    void refusesANameThatIsThereTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameTable.of("a", "b", "a"))
                .withMessage("names must be distinct, \"a\" is there twice");
    }
}
