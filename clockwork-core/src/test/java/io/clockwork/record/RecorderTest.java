package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.CausalityRelation;
import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class RecorderTest {
    private final Recorder recorder = Recorder.create("bank");
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Variable balance = recorder.variable("balance");

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private List<RecordedEvent> events(String taskName) {
        return recorder.recording().tasks().stream()
                .filter(task -> task.name().equals(taskName))
                .flatMap(task -> task.events().stream())
                .toList();
    }

    private static List<EventKind> kinds(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::kind).toList();
    }

    @Nested
    class Tasks {
        @Test
        void followTheirWorkFromThreadToThread() throws Exception {
            Task task;
            try (Scope trace = recorder.openTrace("main")) {
                task = recorder.fork("handler");
            }
            threads.submit(() -> task.run(() -> balance.read(1))).get();
            VectorTimestamp[] first = new VectorTimestamp[1];
            threads.submit(() -> task.run(() -> first[0] = recorder.timestamp()))
                    .get();
            Thread other = new Thread(() -> task.run(() -> balance.write(2)), "another thread");
            other.start();
            other.join();
            task.run(() ->
                    assertThat(first[0].compare(recorder.timestamp())).isEqualTo(CausalityRelation.HAPPENS_BEFORE));

            assertThat(kinds(events("handler")))
                    .containsSubsequence(EventKind.RESUME, EventKind.READ, EventKind.RESUME, EventKind.WRITE);
            assertThat(events("handler")).extracting(RecordedEvent::subject).contains("another thread");
        }

        @Test
        void thatWereForkedAreConcurrentUntilTheyAreJoined() {
            try (Scope trace = recorder.openTrace("main")) {
                Task left = recorder.fork("left");
                Task right = recorder.fork("right");
                VectorTimestamp forked = recorder.timestamp();
                VectorTimestamp inLeft = left.call(recorder::timestamp);
                VectorTimestamp inRight = right.call(recorder::timestamp);
                recorder.join(left);
                VectorTimestamp joined = recorder.timestamp();

                assertThat(inLeft.compare(inRight)).isEqualTo(CausalityRelation.CONCURRENT);
                assertThat(inLeft.compare(joined)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                assertThat(inRight.compare(joined)).isEqualTo(CausalityRelation.CONCURRENT);
                assertThat(inLeft.compare(forked)).isEqualTo(CausalityRelation.CONCURRENT);
            }
        }

        @Test
        void forkedAfterAJoinReuseTheComponentOfTheJoinedOne() {
            try (Scope trace = recorder.openTrace("main")) {
                VectorTimestamp before = VectorTimestamp.empty();
                for (int i = 0; i < 1000; i++) {
                    Task task = recorder.fork("short");
                    VectorTimestamp now = task.call(recorder::timestamp);
                    recorder.join(task);
                    assertThat(before.compare(now)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                    before = now;
                }
                assertThat(recorder.timestamp().size()).isEqualTo(2);
            }
        }

        @Test
        void runTwiceAtATimeAreSplitAndTheMisuseIsCounted() {
            try (Scope trace = recorder.openTrace("main")) {
                Task task = recorder.fork("shared");
                task.run(() -> {
                    VectorTimestamp outer = recorder.timestamp();
                    task.run(() ->
                            assertThat(recorder.timestamp().compare(outer)).isEqualTo(CausalityRelation.CONCURRENT));
                });
            }
            assertThat(recorder.recording().misuses()).isEqualTo(1);
            assertThat(recorder.recording().tasks()).hasSize(3);
        }

        @Test
        void joinedWhileTheyRunTeachNothing() {
            try (Scope trace = recorder.openTrace("main")) {
                Task task = recorder.fork("running");
                VectorTimestamp[] seen = new VectorTimestamp[1];
                Scope open = task.open();
                seen[0] = recorder.timestamp();
                Task watcher = recorder.fork("watcher");
                watcher.run(() -> recorder.join(task));
                open.close();
            }
            assertThat(recorder.recording().misuses()).isEqualTo(1);
            assertThat(events("watcher"))
                    .last()
                    .extracting(RecordedEvent::cause)
                    .isNull();
        }
    }

    @Nested
    class WrappedWork {
        @Test
        void runsAsATaskForkedWhereItWasWrapped() throws Exception {
            Runnable work;
            VectorTimestamp atWrap;
            try (Scope trace = recorder.openTrace("main")) {
                work = recorder.wrap(() -> balance.write(1));
                atWrap = recorder.timestamp();
                balance.read(0);
            }
            threads.submit(work).get();

            RecordedTask wrapped = recorder.recording().tasks().get(1);
            assertThat(wrapped.origin()).isEqualTo(new Dot(0, (int) atWrap.get("bank/0")));
            assertThat(kinds(wrapped.events())).containsExactly(EventKind.RESUME, EventKind.WRITE);
        }

        @Test
        void givesItsResultAndItsException() {
            Callable<Integer> seven = recorder.wrap((Callable<Integer>) () -> 7);
            Callable<Integer> fails = recorder.wrap((Callable<Integer>) () -> {
                throw new java.io.IOException("disk");
            });
            assertThat(seven).returns(7, call -> {
                try {
                    return call.call();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThatThrownBy(fails::call)
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessage("disk");
        }

        @Test
        void submittedToAWrappedExecutorIsJoinedByWhoGetsItsResult() throws Exception {
            ExecutorService pool = recorder.wrap(threads);
            try (Scope trace = recorder.openTrace("main")) {
                Future<VectorTimestamp> left = pool.submit(recorder::timestamp);
                Future<VectorTimestamp> right = pool.submit(recorder::timestamp);
                VectorTimestamp inLeft = left.get();
                VectorTimestamp afterLeft = recorder.timestamp();
                VectorTimestamp inRight = right.get();
                assertThat(inLeft.compare(inRight)).isEqualTo(CausalityRelation.CONCURRENT);
                assertThat(inLeft.compare(afterLeft)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                assertThat(inRight.compare(afterLeft)).isEqualTo(CausalityRelation.CONCURRENT);
                assertThat(inRight.compare(recorder.timestamp())).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
            }
        }

        @Test
        void givenToAllOfAWrappedExecutorIsJoined() throws Exception {
            ExecutorService pool = recorder.wrap(threads);
            try (Scope trace = recorder.openTrace("main")) {
                List<Callable<VectorTimestamp>> work = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    work.add(recorder::timestamp);
                }
                List<Future<VectorTimestamp>> done = pool.invokeAll(work);
                for (Future<VectorTimestamp> future : done) {
                    VectorTimestamp seen = future.get();
                    assertThat(seen.compare(recorder.timestamp())).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                }
            }
            assertThat(recorder.recording().misuses()).isZero();
        }
    }

    @Nested
    class Scopes {
        @Test
        void closedTwiceOrOnAnotherThreadBreakNothingAndAreCounted() throws Exception {
            Scope outer = recorder.openTrace("outer");
            Scope inner = recorder.openTrace("inner");
            threads.submit(inner::close).get();
            inner.close();
            inner.close();
            balance.read(1);
            outer.close();
            outer.close();
            assertThat(recorder.recording().misuses()).isEqualTo(3);
            assertThat(kinds(events("outer"))).endsWith(EventKind.READ);
        }

        @Test
        void closedOutOfOrderRestoreWhatWasCurrentBefore() {
            Scope first = recorder.openTrace("first");
            Scope second = recorder.openTrace("second");
            Scope third = recorder.openTrace("third");
            second.close();
            balance.read(1);
            third.close();
            first.close();
            assertThat(kinds(events("first"))).endsWith(EventKind.READ);
            assertThat(recorder.recording().misuses()).isEqualTo(2);
        }

        @Test
        void nestDeeply() {
            List<Scope> scopes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                scopes.add(recorder.openTrace("trace " + i));
            }
            for (int i = 99; i >= 0; i--) {
                scopes.get(i).close();
            }
            assertThat(recorder.recording().misuses()).isZero();
        }

        @Test
        void ofAnOperationRecordItsBeginAndItsEnd() {
            try (Scope trace = recorder.openTrace("main")) {
                int result = recorder.call("double", () -> 2 * 21);
                assertThat(result).isEqualTo(42);
            }
            assertThat(kinds(events("main"))).containsExactly(EventKind.RESUME, EventKind.BEGIN, EventKind.END);
            assertThat(events("main").get(1).subject()).isEqualTo("double");
            assertThat(events("main").get(2).nanos())
                    .isGreaterThanOrEqualTo(events("main").get(1).nanos());
        }
    }

    @Nested
    class Events {
        @Test
        void keepPrimitivesStringsAndEnumsAndOfOtherObjectsTheIdentity() {
            try (Scope trace = recorder.openTrace("main")) {
                balance.write(7);
                balance.write("seven");
                balance.write(EventKind.READ);
                balance.write((Object) null);
                balance.write(new Object() {
                    @Override
                    public String toString() {
                        throw new AssertionError("application code was called");
                    }
                });
            }
            List<Object> values = new ArrayList<>();
            events("main").stream()
                    .filter(event -> event.kind() == EventKind.WRITE)
                    .forEach(event -> values.add(event.value()));
            assertThat(values.subList(0, 4)).containsExactly(7L, "seven", "READ", "null");
            assertThat(values.get(4)).asString().contains("@");
        }

        @Test
        void areAtThePlaceThatTheyWereSaidToBeAt() {
            Site place = new Site("Bank", "transfer", "Bank.java", 42);
            Variable x = recorder.variable("x");
            Variable here = x.at(place);
            try (Scope trace = recorder.openTrace("main")) {
                here.write(1);
                here.read("one");
                x.read(1);
            }
            assertThat(recorder.recording().tasks().get(0).events())
                    .filteredOn(event -> event.subject().equals("x"))
                    .extracting(RecordedEvent::site)
                    .containsExactly(place, place, null);
        }

        @Test
        void outsideAnyTaskStartATaskOfTheirThread() throws Exception {
            threads.submit(() -> balance.read(1)).get();
            assertThat(recorder.recording().tasks()).singleElement().satisfies(task -> {
                assertThat(task.isUnlinked()).isTrue();
                assertThat(task.origin()).isNull();
                assertThat(task.name()).startsWith("unlinked work on pool-");
            });
        }

        @Test
        void nameWhatHadTheThreadBefore() throws Exception {
            ExecutorService one = Executors.newSingleThreadExecutor();
            try (Scope trace = recorder.openTrace("main")) {
                Task first = recorder.fork("first");
                Task second = recorder.fork("second");
                one.submit(() -> first.run(() -> balance.read(1))).get();
                one.submit(() -> second.run(() -> balance.read(1))).get();
                assertThat(events("first").get(0).causedBy()).isEmpty();
                assertThat(events("second").get(0).causedBy()).contains(new Dot(1, 2));
            } finally {
                one.shutdownNow();
            }
        }

        @Test
        void beyondTheBoundAreDroppedAndCounted() {
            Recorder small = Recorder.builder("small").maxEvents(20).build();
            Variable x = small.variable("x");
            try (Scope trace = small.openTrace("main")) {
                for (int i = 0; i < 100; i++) {
                    x.read(i);
                }
            }
            Recording recording = small.recording();
            assertThat(recording.tasks().get(0).events()).hasSize(20);
            assertThat(recording.dropped()).isEqualTo(81);
        }

        @Test
        void boundTheTasksThatAreKeptToo() {
            Recorder small = Recorder.builder("small").maxEvents(50).build();
            try (Scope trace = small.openTrace("main")) {
                for (int i = 0; i < 10_000; i++) {
                    Task task = small.fork("short");
                    task.run(() -> {});
                    small.join(task);
                }
            }
            assertThat(small.recording().tasks()).hasSizeLessThanOrEqualTo(50);
            assertThat(small.recording().dropped()).isGreaterThan(20_000);
        }

        @Test
        void spanManySegments() {
            try (Scope trace = recorder.openTrace("main")) {
                for (int i = 0; i < 10_000; i++) {
                    balance.write(i);
                }
            }
            List<RecordedEvent> all = events("main");
            assertThat(all).hasSize(10_001);
            for (int i = 0; i < 10_000; i++) {
                assertThat(all.get(i + 1).value()).isEqualTo((long) i);
                assertThat(all.get(i + 1).dot().sequence()).isEqualTo(i + 2);
            }
        }
    }

    @Nested
    class Locks {
        @Test
        @SuppressWarnings("LockNotBeforeTry") // nothing in between can throw
        void nameTheReleaseThatEachAcquireFollowed() throws Exception {
            TrackedLock lock = recorder.lock("lock");
            try (Scope trace = recorder.openTrace("main")) {
                Task first = recorder.fork("first");
                Task second = recorder.fork("second");
                first.run(() -> {
                    lock.lock();
                    lock.lock();
                    lock.unlock();
                    lock.unlock();
                });
                second.run(() -> {
                    assertThat(lock.tryLock()).isTrue();
                    lock.unlock();
                });
            }
            assertThat(kinds(events("first"))).containsExactly(EventKind.RESUME, EventKind.ACQUIRE, EventKind.RELEASE);
            assertThat(events("first").get(1).causedBy()).isEmpty();
            assertThat(events("second").get(1).causedBy()).contains(new Dot(1, 3));
        }

        @Test
        void thatAreNotHeldCannotBeReleased() {
            TrackedLock lock = recorder.lock("lock");
            assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
            assertThat(recorder.recording().tasks()).isEmpty();
        }
    }
}
