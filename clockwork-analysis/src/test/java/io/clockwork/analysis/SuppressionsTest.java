package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionsTest {
    private static EventLog race(String firstSite, String secondSite, String variable) {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("t");
        log.site(log.event(log.task(trace, "s", "left"), EventKind.WRITE, variable), firstSite);
        log.site(log.event(log.task(trace, "s", "right"), EventKind.WRITE, variable), secondSite);
        return log.build();
    }

    private static String id(EventLog log) {
        return FindingIds.of(Report.of(log).races().get(0));
    }

    @Test
    void takeAFindingOutAndListItWithTheReason() {
        EventLog log = race("A.java:1", "B.java:2", "x");
        String id = id(log);
        Report report = Report.of(log, Suppressions.parse("# known\n\n  " + id + "   a statistic, may be off\n"));
        assertThat(report.races()).isEmpty();
        assertThat(report.hasFindings(Verdict.POSSIBLE)).isFalse();
        assertThat(report.suppressed())
                .containsExactly(new Suppressed(
                        id, "a statistic, may be off", "CERTAIN WRITE_WRITE race on x at A.java:1 / B.java:2"));
        assertThat(report.diagnostics()).isEmpty();
        assertThat(report.toText()).contains("SUPPRESSED   1 finding", id, "because: a statistic, may be off");
        assertThat(report.toJson()).contains("\"suppressed\": [", "\"reason\": \"a statistic, may be off\"");
    }

    @Test
    void idsStayWhenLinesMoveOrTheOtherSideComesFirst() {
        String id = id(race("A.java:1", "B.java:2", "x"));
        assertThat(id).matches("race-[0-9a-f]{16}");
        assertThat(id(race("B.java:22", "A.java:11", "x"))).isEqualTo(id);
        assertThat(id(race("A.java:1", "B.java:2", "y"))).isNotEqualTo(id);
        assertThat(id(race("A.java:1", "C.java:2", "x"))).isNotEqualTo(id);
    }

    @Test
    void thatNothingMatchesAreAWarning() {
        Report report = Report.of(
                race("A.java:1", "B.java:2", "x"),
                Suppressions.of(List.of(new Suppressions.Rule("deadlock-0123456789abcdef", "fixed long ago"))));
        assertThat(report.races()).hasSize(1);
        assertThat(report.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("SUPPRESSION_UNUSED");
            assertThat(diagnostic.message()).contains("deadlock-0123456789abcdef (fixed long ago)");
        });
    }

    @Test
    void needAnIdAndAReason() {
        assertThatThrownBy(() -> Suppressions.parse("\nrace-0123456789abcdef"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2: a suppression needs a reason; say after race-0123456789abcdef why it is right");
        assertThatThrownBy(() -> Suppressions.parse("Bank.java:17 is fine"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 1: a suppression begins with the id of a finding")
                .hasMessageEndingWith("was \"Bank.java:17\"");
        assertThatThrownBy(() -> Suppressions.parse("race-0123456789abcdef a\nrace-0123456789abcdef b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two rules suppress race-0123456789abcdef");
    }

    @Test
    void areReadFromAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("accepted.txt");
        Files.writeString(file, "race-0123456789abcdef größer als nötig\n");
        assertThat(Suppressions.read(file).rules())
                .containsExactly(new Suppressions.Rule("race-0123456789abcdef", "größer als nötig"));
    }
}
