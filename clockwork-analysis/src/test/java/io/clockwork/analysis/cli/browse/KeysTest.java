package io.clockwork.analysis.cli.browse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    private static final int NOTHING = -2;

    /** {@return the keys of what a terminal sends; null where there is none, up to the end} */
    private static List<String> keys(String sent) throws IOException {
        int[] at = {0};
        Keys keys = new Keys(millis -> {
            int i = at[0]++;
            return i < sent.length() ? sent.charAt(i) : NOTHING;
        });
        List<String> all = new ArrayList<>();
        while (at[0] < sent.length()) {
            all.add(keys.next(1));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "[A,Up",
        "OA,Up",
        "[B,Down",
        "OB,Down",
        "[C,Right",
        "OC,Right",
        "[D,Left",
        "OD,Left",
        "[H,Home",
        "OH,Home",
        "[1~,Home",
        "[F,End",
        "OF,End",
        "[4~,End",
        "[5~,PageUp",
        "[6~,PageDown",
        "[Z,Shift-Tab",
        "'',Esc"
    })
    void areToldByTheirSequences(String rest, String key) throws IOException {
        assertThat(keys("\u001B" + rest)).containsExactly(key);
    }

    @Test
    void areThemselvesOrHaveNames() throws IOException {
        assertThat(keys("jG?/9]")).containsExactly("j", "G", "?", "/", "9", "]");
        assertThat(keys("\r\n\t \b\u007F")).containsExactly("Enter", "Enter", "Tab", "Space", "Backspace", "Backspace");
        assertThat(keys("\u0003\u0004\u0006\f")).containsExactly("Ctrl-c", "Ctrl-d", "Ctrl-f", "Ctrl-l");
        assertThat(keys("\u00FC\uD83D\uDD12")).containsExactly("\u00FC", "\uD83D\uDD12");
    }

    @Test
    void areNoneWhereASequenceIsUnknownOrTooLongOrEnds() throws IOException {
        assertThat(keys("\u001B[15~j")).containsExactly(null, "j");
        assertThat(keys("\u001Bxj")).containsExactly(null, "j");
        assertThat(keys("\u001B[1")).containsExactly((String) null);
        assertThat(keys("\u001B[" + "1".repeat(1000))).doesNotContain("Esc").hasSizeLessThan(1000);
        assertThat(new Keys(millis -> NOTHING).next(1)).isNull();
    }

    @Test
    void endWithTheTerminal() throws IOException {
        assertThat(new Keys(millis -> Keys.END).next(1)).isEqualTo("Ctrl-c");
    }
}
