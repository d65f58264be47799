package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CrossTraceTest {
    /** Traces of two tasks that race on a variable of their own, and write one that all share, some under a lock. */
    private static EventLog traces(int count, boolean locked) {
        EventLogBuilder builder = EventLog.builder();
        int released = -1;
        for (int i = 0; i < count; i++) {
            int trace = builder.trace("request " + i);
            int main = builder.task(trace, "service " + i % 3, "main");
            int child = builder.task(trace, "service " + i % 3, "child");
            builder.origin(child, builder.event(main, EventKind.FORK, "child"), Link.FORK);
            builder.nanos(builder.event(main, EventKind.WRITE, "own " + i), i);
            builder.nanos(builder.event(child, EventKind.WRITE, "own " + i), i);
            builder.thread(builder.event(child, EventKind.CUSTOM, "done"), "worker");
            if (locked) {
                int acquire = builder.event(main, EventKind.ACQUIRE, "lock");
                if (released >= 0) {
                    builder.precedes(released, acquire);
                }
            }
            int write = builder.event(main, EventKind.WRITE, "shared");
            builder.value(write, i);
            builder.site(write, "Shared.java:1");
            if (locked) {
                released = builder.event(main, EventKind.RELEASE, "lock");
            }
        }
        return builder.build();
    }

    @Test
    void racesBetweenTracesAreToldApartFromThoseWithin() {
        EventLog log = traces(4, false);
        CrossTrace across = CrossTrace.of(log);
        assertThat(across.races()).singleElement().satisfies(race -> {
            assertThat(race.variable()).isEqualTo("shared");
            assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
        });
        assertThat(across.variables()).containsExactly(new CrossTrace.Variable("shared", 4, 4, 1));
    }

    @Test
    void aLockKeepsTracesApartToo() {
        CrossTrace across = CrossTrace.of(traces(4, true));
        assertThat(across.races()).isEmpty();
        assertThat(across.variables()).containsExactly(new CrossTrace.Variable("shared", 4, 4, 0));
    }

    @Test
    void theSameSitesMayRaceWithinATraceAndBetweenTraces() {
        EventLogBuilder builder = EventLog.builder();
        for (int i = 0; i < 3; i++) {
            int trace = builder.trace("request " + i);
            for (String task : List.of("left", "right")) {
                builder.site(
                        builder.event(builder.task(trace, "service", task), EventKind.WRITE, "shared"),
                        "Shared.java:1");
            }
        }
        EventLog log = builder.build();
        assertThat(Report.of(log).races()).singleElement().satisfies(race -> {
            assertThat(race.count()).isEqualTo(15);
        });
        CrossTrace across = CrossTrace.of(log);
        assertThat(across.races()).singleElement().satisfies(race -> {
            assertThat(log.trace(race.first().taskNumber()))
                    .isNotEqualTo(log.trace(race.second().taskNumber()));
            assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(race.count()).isEqualTo(12);
        });
        assertThat(across.variables()).containsExactly(new CrossTrace.Variable("shared", 3, 6, 1));
    }

    @Test
    void aLockKeepsTasksApartWhereAnotherTraceHadItInBetween() {
        EventLogBuilder builder = EventLog.builder();
        int one = builder.trace("one");
        int other = builder.trace("other");
        int[] tasks = {
            builder.task(one, "service", "first"),
            builder.task(other, "service", "between"),
            builder.task(one, "service", "last")
        };
        int released = -1;
        for (int task : tasks) {
            int acquire = builder.event(task, EventKind.ACQUIRE, "lock");
            if (released >= 0) {
                builder.precedes(released, acquire);
            }
            builder.event(task, EventKind.WRITE, "shared");
            released = builder.event(task, EventKind.RELEASE, "lock");
        }
        EventLog log = builder.build();
        assertThat(Report.of(log).races()).isEmpty();
        assertThat(Report.ofEachTrace(log, Suppressions.none()).get(0).races()).isEmpty();
    }

    @Property(tries = 20)
    void eachTraceHasAReportOfItsOwnTheSameEachTime(@ForAll boolean locked) {
        EventLog log = traces(200, locked);
        List<Report> reports = Report.ofEachTrace(log, Suppressions.none());
        assertThat(reports).isEqualTo(Report.ofEachTrace(log, Suppressions.none()));
        assertThat(reports).hasSize(200);
        for (int i = 0; i < reports.size(); i++) {
            String own = "own " + i;
            Report report = reports.get(i);
            assertThat(report.races())
                    .singleElement()
                    .extracting(Race::variable)
                    .isEqualTo(own);
            assertThat(report.tasks()).isEqualTo(2);
            assertThat(report.traces()).isEqualTo(1);
            assertThat(report.orders().get(0).trace()).isEqualTo("request " + i);
        }
    }

    @Test
    void aLogOfOneTraceKeepsWhatTheEventsSay() {
        EventLog log = traces(3, true).byTrace().get(1);
        assertThat(log.size()).isEqualTo(7);
        assertThat(log.traceName(0)).isEqualTo("request 1");
        assertThat(log.taskName(1)).isEqualTo("child");
        assertThat(log.service(1)).isEqualTo("service 1");
        assertThat(log.link(1)).isEqualTo(Link.FORK);
        assertThat(log.kind(log.origin(1))).isEqualTo(EventKind.FORK);
        CausalGraph graph = CausalGraph.of(log);
        int write = -1;
        for (int e = 0; e < log.size(); e++) {
            write = log.subject(e).equals("shared") ? e : write;
            assertThat(log.thread(e)).isEqualTo(log.subject(e).equals("done") ? "worker" : "");
        }
        assertThat(log.value(write)).isEqualTo(1);
        assertThat(log.site(write)).isEqualTo("Shared.java:1");
        assertThat(graph.pastSize(write)).isEqualTo(3);
    }
}
