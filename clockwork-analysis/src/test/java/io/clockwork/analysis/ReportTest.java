package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static EventLog race(String variable, String task, Object value) {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("trace");
        for (int i = 0; i < 2; i++) {
            int event = log.event(log.task(trace, "service", task), EventKind.WRITE, variable);
            log.value(event, value);
            log.site(event, "Bank.java:4" + i);
        }
        return log.build();
    }

    @Test
    void showsTextFromEventsAsTextOnly() {
        String hostile = "\u001B[2Jx\u202E\u0007\nx";
        String text = Report.of(race(hostile, hostile, hostile)).toText();
        assertThat(text).contains("\\u001b[2Jx\\u202e\\u0007\\u000ax").doesNotContain("\u001B", "\u202E", "\u0007");
        assertThat(Report.of(race(hostile, hostile, hostile)).toJson())
                .contains("\\u202e")
                .doesNotContain("\u001B", "\u202E", "\u0007", "<");
    }

    @Test
    void isTheSameForTheSameLog() {
        assertThat(Report.of(race("x", "t", 1L)).toJson())
                .isEqualTo(Report.of(race("x", "t", 1L)).toJson());
        assertThat(Report.of(race("x", "t", 1L))).isEqualTo(Report.of(race("x", "t", 1L)));
    }

    @Test
    void ofAnEmptyLogIsEmpty() {
        Report report = Report.of(EventLog.builder().build());
        assertThat(report.races()).isEmpty();
        assertThat(report.criticalPaths()).isEmpty();
        assertThat(report.toText()).isEqualTo("There are no events.\n0 events, 0 tasks, 0 traces\n");
    }

    @Test
    void countsRacesByVerdict() {
        Report report = Report.of(race("x", "t", 1L));
        assertThat(report.count(Race.Verdict.CERTAIN)).isEqualTo(1);
        assertThat(report.count(Race.Verdict.POSSIBLE)).isZero();
    }
}
