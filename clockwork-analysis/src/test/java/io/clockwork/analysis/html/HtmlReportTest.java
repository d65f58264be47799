package io.clockwork.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Report;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u202Edesrever\u0007\u2028{{script}}";

    private static EventLog hostile() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace(HOSTILE);
        for (int t = 0; t < 2; t++) {
            int task = log.task(trace, HOSTILE, HOSTILE);
            int write = log.event(task, EventKind.WRITE, HOSTILE);
            log.value(write, HOSTILE);
            log.site(write, HOSTILE);
        }
        return log.build();
    }

    private static String page(EventLog log, String title) {
        return HtmlReport.of(log, Report.of(log)).titled(title).toString();
    }

    @Test
    void whatEventsSayCannotEndTheDataAndBecomeMarkup() {
        String page = page(hostile(), HOSTILE);
        assertThat(page.split(Pattern.quote("</script>"), -1)).hasSize(3);
        assertThat(page).doesNotContain("<img", "\u202E", "\u0007", "\u2028");
        assertThat(page).contains("<title>&#60;/script&#62;&#60;img src=x onerror=alert(1)&#62;\\u202edesrever\\u0007");
    }

    @Test
    void loadsNothingAndRunsNothingButItsOwnScript() {
        String page = page(hostile(), "report");
        assertThat(page)
                .contains("default-src 'none'; style-src 'sha256-")
                .doesNotContainPattern("(src|href)=[\"']?https?:")
                .doesNotContain("innerHTML", "eval(", "document.write", "fetch(", "XMLHttpRequest", "import(");
    }

    @Test
    void isTheSameForTheSameLog() {
        assertThat(page(hostile(), "report")).isEqualTo(page(hostile(), "report"));
    }

    @Test
    void isWrittenAsUtf8(@TempDir Path directory) throws IOException {
        EventLog log = hostile();
        HtmlReport report = HtmlReport.of(log, Report.of(log)).titled("日報");
        report.writeTo(directory.resolve("report.html"));
        assertThat(Files.readString(directory.resolve("report.html")))
                .isEqualTo(report.toString())
                .contains("<title>日報</title>");
    }

    @Test
    void anEmptyLogHasAPageToo() {
        assertThat(page(EventLog.builder().build(), "nothing")).contains("<title>nothing</title>", "</html>");
    }
}
