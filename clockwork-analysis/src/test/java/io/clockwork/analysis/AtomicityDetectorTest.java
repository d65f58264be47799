package io.clockwork.analysis;

import static io.clockwork.analysis.TaskThreads.forkAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.AtomicityViolation.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedAtomicLong;
import io.clockwork.record.Variable;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class AtomicityDetectorTest {
    private final Recorder recorder = Recorder.builder("bank").captureSites().build();
    private final Variable balance = recorder.variable("balance");
    private final Lock lock = recorder.lock("lock");

    private Report report(Runnable... work) {
        try (Scope trace = recorder.openTrace("main")) {
            forkAll(recorder, work);
        }
        return Report.of(EventLog.of(recorder));
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    @Nested
    class Updates {
        @Test
        void areSplitWhenTheLockIsGivenBackInBetween() {
            Report report = report(
                    () -> {
                        locked(() -> balance.read(1000));
                        locked(() -> balance.write(900));
                    },
                    () -> locked(() -> balance.write(1)));
            assertThat(report.races()).isEmpty();
            assertThat(report.atomicity()).singleElement().satisfies(violation -> {
                assertThat(violation.verdict()).isEqualTo(Verdict.POSSIBLE);
                assertThat(violation.kind()).isEqualTo(Kind.CHECK_THEN_ACT);
                assertThat(violation.variable()).isEqualTo("balance");
                assertThat(violation.steps())
                        .extracting(step -> step.access().value())
                        .containsExactly(1000L, 1L, 900L);
                assertThat(violation.first().locks()).containsExactly("lock");
                assertThat(violation.last().site()).startsWith("AtomicityDetectorTest.java:");
                assertThat(violation.between()).extracting(Access::task).containsExactly("task 1");
            });
        }

        @Test
        void areNotSplitUnderALockThatIsHeldThroughout() {
            Runnable update = () -> locked(() -> {
                balance.read(1);
                balance.write(2);
            });
            assertThat(report(update, update, () -> locked(() -> balance.write(3)))
                            .atomicity())
                    .isEmpty();
        }

        @Test
        void thatAreBothSplitLoseOne() {
            EventLogBuilder builder = EventLog.builder();
            int trace = builder.trace("t");
            int left = builder.task(trace, "bank", "left");
            int right = builder.task(trace, "bank", "right");
            int read = builder.event(left, EventKind.ATOMIC_READ, "counter");
            builder.value(read, 5);
            builder.value(builder.event(right, EventKind.ATOMIC_READ, "counter"), 5);
            builder.value(builder.event(right, EventKind.ATOMIC_WRITE, "counter"), 6);
            builder.value(builder.event(left, EventKind.ATOMIC_WRITE, "counter"), 6);
            Report report = Report.of(builder.build());
            assertThat(report.races()).isEmpty();
            assertThat(report.atomicity())
                    .hasSize(1)
                    .allMatch(violation -> violation.kind() == Kind.LOST_UPDATE)
                    .allMatch(violation -> violation.verdict() == Verdict.CERTAIN)
                    .allMatch(violation -> violation.count() == 2);
            assertThat(report.toText())
                    .contains("SPLIT STEPS   1 certain, 0 possible", "1. LOST UPDATE on counter   CERTAIN")
                    .contains("Both start from what they read; what is written in between is lost.");
            assertThat(report.toJson()).contains("\"kind\": \"LOST_UPDATE\"", "\"id\": \"atomicity-");
        }

        @Test
        void inOneAtomicStepAreNotSplit() {
            TrackedAtomicLong counter = recorder.atomicLong("counter", 0);
            assertThat(report(counter::incrementAndGet, counter::incrementAndGet)
                            .atomicity())
                    .isEmpty();
        }

        @Test
        void byCompareAndSetSeeForThemselves() {
            TrackedAtomicLong counter = recorder.atomicLong("counter", 0);
            Runnable update = () -> counter.compareAndSet(counter.get(), 7);
            assertThat(report(update, update).atomicity()).isEmpty();
        }

        @Test
        void orderedByForksAndJoinsAreNotSplit() {
            try (Scope trace = recorder.openTrace("main")) {
                balance.read(1);
                balance.write(2);
                Task child = recorder.fork("child");
                child.run(() -> balance.write(3));
                recorder.join(child);
                balance.read(3);
                balance.write(4);
            }
            assertThat(Report.of(EventLog.of(recorder)).atomicity()).isEmpty();
        }

        @Test
        void onAVariableThatRacesAreShownThereOnly() {
            Report report = report(
                    () -> {
                        balance.read(1);
                        balance.write(2);
                    },
                    () -> balance.write(3));
            assertThat(report.atomicity()).hasSize(1);
            assertThat(report.toText()).contains("1 split step on variables that race, above, not shown");
        }
    }

    @Nested
    class Blocks {
        private EventLog split(EventKind inside, boolean nested) {
            EventLogBuilder builder = EventLog.builder();
            int trace = builder.trace("t");
            int left = builder.task(trace, "bank", "left");
            int right = builder.task(trace, "bank", "right");
            builder.event(left, EventKind.BEGIN, "transfer");
            builder.site(builder.event(left, EventKind.ATOMIC_WRITE, "from"), "Bank.java:1");
            if (nested) {
                builder.event(left, EventKind.BEGIN, "inner");
                builder.event(left, EventKind.END, "inner");
            }
            int other = builder.event(left, inside, "x");
            if (inside == EventKind.FORK) {
                builder.origin(builder.task(trace, "bank", "child"), other, Link.FORK);
                builder.event(2, EventKind.CUSTOM, "child runs");
            }
            builder.site(builder.event(right, EventKind.ATOMIC_READ, "from"), "Audit.java:1");
            builder.site(builder.event(right, EventKind.ATOMIC_READ, "to"), "Audit.java:2");
            builder.site(builder.event(left, EventKind.ATOMIC_WRITE, "to"), "Bank.java:2");
            builder.event(left, EventKind.END, "transfer");
            return builder.build();
        }

        @Test
        void areNotSerializableWhenAnotherTaskSeesHalfOfThem() {
            Report report = Report.of(split(EventKind.CUSTOM, false));
            assertThat(report.atomicity()).singleElement().satisfies(violation -> {
                assertThat(violation.kind()).isEqualTo(Kind.NOT_SERIALIZABLE);
                assertThat(violation.block()).isEqualTo("transfer");
                assertThat(violation.steps())
                        .extracting(
                                step -> step.variable() + ' ' + step.access().site())
                        .containsExactly("from Bank.java:1", "from Audit.java:1", "to Audit.java:2", "to Bank.java:2");
                assertThat(violation.first().operation()).isEqualTo("transfer");
            });
            assertThat(report.toText())
                    .contains("1. NOT SERIALIZABLE on transfer   CERTAIN", "from: write", "to: read")
                    .contains("No order of whole blocks, one after the other, gives what happened.");
        }

        @Test
        void areNotMeantWhereWorkIsSetOffInside() {
            assertThat(Report.of(split(EventKind.FORK, false)).atomicity()).isEmpty();
        }

        @Test
        void areTheInnermostOperations() {
            assertThat(Report.of(split(EventKind.CUSTOM, true)).atomicity()).isEmpty();
        }

        @Test
        void areLockedRegionsToo() {
            EventLogBuilder builder = EventLog.builder();
            int trace = builder.trace("t");
            int left = builder.task(trace, "s", "left");
            int right = builder.task(trace, "s", "right");
            builder.event(left, EventKind.ACQUIRE, "lock");
            builder.event(left, EventKind.ATOMIC_READ, "x");
            builder.event(right, EventKind.ATOMIC_WRITE, "x");
            builder.event(left, EventKind.ATOMIC_READ, "x");
            builder.event(left, EventKind.RELEASE, "lock");
            assertThat(Report.of(builder.build()).atomicity())
                    .singleElement()
                    .extracting(AtomicityViolation::block)
                    .isEqualTo("lock");
        }

        @Test
        void oneAfterTheOtherAreFine() {
            Runnable work = () -> recorder.call("transfer", () -> {
                balance.read(1);
                balance.write(2);
                return null;
            });
            assertThat(report(work, work).atomicity())
                    .noneMatch(violation -> violation.kind() == Kind.NOT_SERIALIZABLE);
        }
    }

    @Nested
    class Publishing {
        private EventLog log(EventKind write, EventKind read, boolean ordered) {
            EventLogBuilder builder = EventLog.builder();
            int trace = builder.trace("t");
            int left = builder.task(trace, "s", "left");
            int right = builder.task(trace, "s", "right");
            builder.site(builder.event(left, EventKind.WRITE, "config.size"), "Config.java:1");
            int published = builder.event(left, write, "config");
            int seen = builder.event(right, read, "config");
            if (ordered) {
                builder.precedes(published, seen);
            }
            builder.site(builder.event(right, EventKind.READ, "config.size"), "User.java:1");
            return builder.build();
        }

        @Test
        void withoutSyncIsTold() {
            Report report = Report.of(log(EventKind.WRITE, EventKind.READ, false));
            assertThat(report.publications()).singleElement().satisfies(publication -> {
                assertThat(publication.reference()).isEqualTo("config");
                assertThat(publication.content()).isEqualTo("config.size");
                assertThat(publication.written().site()).isEqualTo("Config.java:1");
                assertThat(publication.read().site()).isEqualTo("User.java:1");
                assertThat(publication.count()).isEqualTo(1);
            });
            assertThat(report.toText()).contains("PUBLISHED WITHOUT SYNC\n   config.size by config\n");
            assertThat(report.toJson()).contains("\"reference\": \"config\"");
        }

        @Test
        void byAVolatileIsFine() {
            assertThat(Report.of(log(EventKind.ATOMIC_WRITE, EventKind.ATOMIC_READ, true))
                            .publications())
                    .isEmpty();
        }

        @Test
        void underAnOrderThatThisRunHadIsNoneOfThis() {
            assertThat(Report.of(log(EventKind.WRITE, EventKind.READ, true)).publications())
                    .isEmpty();
        }
    }

    @Test
    void whatHasNoRoomIsTold() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        for (int i = 0; i < 100; i++) {
            int task = builder.task(trace, "s", "task");
            builder.event(task, EventKind.READ, "x");
            builder.event(task, EventKind.WRITE, "x");
        }
        Report report = Report.of(builder.build());
        assertThat(report.diagnostics()).extracting(Diagnostic::code).contains("ATOMICITY_CUT");
        assertThat(report.atomicity()).hasSize(1);
        assertThat(List.copyOf(report.atomicity()).get(0).count()).isGreaterThan(100);
    }
}
