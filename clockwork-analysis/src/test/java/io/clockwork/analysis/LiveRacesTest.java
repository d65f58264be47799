package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class LiveRacesTest {
    private final LiveRaces live = new LiveRaces();

    @Property(tries = 1000)
    void afterEachAppendAllIsAsFromScratch(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int length) {
        RecordedRun run = new RecordedRun(seed, length);
        Random cuts = new Random(seed);
        LiveRaces races = new LiveRaces();
        int to = 0;
        while (to < length) {
            int from = to;
            to = Math.min(length, to + cuts.nextInt(40));
            List<RecordedTask> batch = run.tasks(from, to);
            Collections.shuffle(batch, cuts);
            races.write(batch);
            assertThat(races.waiting()).isZero();
            Report scratch = Report.of(run.log(to));
            Report report = races.report();
            assertThat(report.events()).isEqualTo(scratch.events());
            assertThat(report.traces()).isEqualTo(scratch.traces());
            assertThat(withoutNumbers(report.races())).isEqualTo(withoutNumbers(scratch.races()));
            assertThat(report.variables()).isEqualTo(scratch.variables());
        }
    }

    /** Tasks are numbered in the order in which they come. */
    private static List<Race> withoutNumbers(List<Race> races) {
        return races.stream()
                .map(race -> new Race(
                        race.variable(),
                        race.verdict(),
                        race.kind(),
                        withoutNumber(race.first()),
                        withoutNumber(race.second()),
                        race.witness().stream()
                                .map(LiveRacesTest::withoutNumber)
                                .toList(),
                        race.count()))
                .toList();
    }

    private static Access withoutNumber(Access access) {
        return new Access(
                access.event(),
                0,
                access.task(),
                access.operation(),
                access.service(),
                access.thread(),
                access.site(),
                access.write(),
                access.value(),
                access.locks());
    }

    @Property(tries = 500)
    void stretchesMayComeInAnyOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int length) {
        RecordedRun run = new RecordedRun(seed, length);
        Random random = new Random(seed);
        List<RecordedTask> whole = run.tasks(0, length);
        int[] given = new int[whole.size()];
        LiveRaces races = new LiveRaces();
        int left = length;
        while (left > 0) {
            int chosen = random.nextInt(whole.size());
            RecordedTask task = whole.get(chosen);
            int to = Math.min(task.events().size(), given[chosen] + 1 + random.nextInt(20));
            races.write(List.of(run.stretch(task.id(), task.events().subList(given[chosen], to))));
            left -= to - given[chosen];
            given[chosen] = to;
        }
        assertThat(races.waiting()).isZero();
        assertThat(races.events()).isEqualTo(length);
        assertThat(races.report().diagnostics()).isEmpty();
        // What a read saw is the last write that went on before it: certain and likely may differ by the order.
        assertThat(counts(races.report())).isEqualTo(counts(Report.of(run.log(length))));
        assertThat(races.report().variables())
                .isEqualTo(Report.of(run.log(length)).variables());
    }

    private static List<String> counts(Report report) {
        List<String> counts = new ArrayList<>();
        for (Race race : report.races()) {
            String left = race.first().site() + race.first().write();
            String right = race.second().site() + race.second().write();
            String sites = left.compareTo(right) < 0 ? left + ' ' + right : right + ' ' + left;
            String sure = race.verdict() == Verdict.POSSIBLE ? " possible " : " races ";
            counts.add(race.variable() + ' ' + sites + sure + race.count());
        }
        Collections.sort(counts);
        return counts;
    }

    private static RecordedTask task(int id, @Nullable Dot origin, RecordedEvent... events) {
        return RecordedTask.of(id, 0, "trace", "task " + id, origin, false, "", List.of(events));
    }

    private static RecordedEvent event(int task, int sequence, EventKind kind, @Nullable Dot cause) {
        return new RecordedEvent(new Dot(task, sequence), kind, null, "x", cause, null, null, 0, null);
    }

    @Test
    void anEventWaitsForItsCause() {
        live.write(List.of(task(1, new Dot(0, 1), event(1, 1, EventKind.WRITE, null))));
        assertThat(live.events()).isZero();
        assertThat(live.waiting()).isEqualTo(1);
        live.write(List.of(task(0, null, event(0, 1, EventKind.WRITE, null))));
        assertThat(live.events()).isEqualTo(2);
        assertThat(live.waiting()).isZero();
        assertThat(live.report().races()).isEmpty();
        assertThat(live.report().diagnostics()).isEmpty();
    }

    @Test
    void aCauseThatDidNotComeBetweenTwoFlushesIsMissing() {
        live.write(List.of(task(0, null, event(0, 1, EventKind.WRITE, null))));
        live.write(List.of(task(1, new Dot(7, 1), event(1, 1, EventKind.WRITE, null))));
        live.flush();
        assertThat(live.waiting()).isEqualTo(1);
        live.flush();
        assertThat(live.waiting()).isZero();
        assertThat(live.report().races()).extracting(Race::verdict).containsExactly(Verdict.CERTAIN);
        assertThat(live.report().diagnostics()).extracting(Diagnostic::code).containsExactly("MISSING_CAUSE");
    }

    @Test
    void closingLetsAllGoOn() {
        live.write(List.of(
                task(0, new Dot(1, 1), event(0, 1, EventKind.WRITE, null)),
                task(1, new Dot(0, 1), event(1, 1, EventKind.WRITE, null))));
        assertThat(live.waiting()).isEqualTo(2);
        live.close();
        assertThat(live.waiting()).isZero();
        assertThat(live.events()).isEqualTo(2);
    }

    @Test
    void whatComesTwiceCountsOnce() {
        RecordedTask task = task(0, null, event(0, 1, EventKind.WRITE, null));
        live.write(List.of(task));
        live.write(List.of(task));
        assertThat(live.events()).isEqualTo(1);
        assertThat(live.report().diagnostics()).extracting(Diagnostic::code).containsExactly("REPEATED");
    }

    @Test
    void acceptedRacesAreApart() {
        live.write(List.of(
                task(0, null, event(0, 1, EventKind.WRITE, null)), task(1, null, event(1, 1, EventKind.WRITE, null))));
        String id = FindingIds.of(live.report().races().get(0));
        Report report = live.report(Suppressions.parse(id + " known\n"));
        assertThat(report.races()).isEmpty();
        assertThat(report.suppressed()).hasSize(1);
    }

    @Test
    void aRecorderFeedsItWhileTheProgramRuns() throws Exception {
        LiveRaces races = new LiveRaces();
        Recorder recorder = Recorder.builder("bank").sink(races).build();
        Variable balance = recorder.variable("balance");
        try (Scope trace = recorder.openTrace("transfers")) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int amount = i;
                Task task = recorder.fork("transfer " + i);
                Thread thread = new Thread(() -> task.run(() -> balance.write(amount)));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(recorder.flush(Duration.ofMinutes(1))).isTrue();
            assertThat(races.report().races()).singleElement().satisfies(race -> {
                assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
                assertThat(race.first().service()).isEqualTo("bank");
            });
        }
        assertThat(recorder.close(Duration.ofMinutes(1))).isTrue();
        assertThat(races.report().races()).hasSize(1);
        assertThat(races.waiting()).isZero();
        assertThat(races.events()).isEqualTo(EventLog.of(recorder).size());
    }

    @Test
    void manyShortTasksAreFollowed() {
        int tasks = 30_000;
        int sequence = 0;
        List<RecordedEvent> main = new ArrayList<>();
        for (int i = 1; i <= tasks; i++) {
            Dot fork = new Dot(0, ++sequence);
            main.add(event(0, fork.sequence(), EventKind.FORK, new Dot(i, 0)));
            live.write(List.of(task(i, fork, event(i, 1, EventKind.WRITE, null))));
            main.add(event(0, ++sequence, EventKind.JOIN, new Dot(i, 1)));
            live.write(List.of(task(0, null, main.toArray(new RecordedEvent[0]))));
            main.clear();
        }
        assertThat(live.events()).isEqualTo(3 * tasks);
        assertThat(live.report().races()).isEmpty();
    }
}
