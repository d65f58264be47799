package io.clockwork.analysis.testing;

import static io.clockwork.analysis.TaskThreads.locked;
import static io.clockwork.analysis.testing.CausalAssertions.assertCausalOrder;
import static io.clockwork.analysis.testing.CausalAssertions.assertConcurrent;
import static io.clockwork.analysis.testing.CausalAssertions.assertCriticalPathContains;
import static io.clockwork.analysis.testing.CausalAssertions.assertHappensAfter;
import static io.clockwork.analysis.testing.CausalAssertions.assertHappensBefore;
import static io.clockwork.analysis.testing.CausalAssertions.assertNoAtomicityViolations;
import static io.clockwork.analysis.testing.CausalAssertions.assertNoDeadlocks;
import static io.clockwork.analysis.testing.CausalAssertions.assertNoRaces;
import static io.clockwork.analysis.testing.CausalAssertionsTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.TaskThreads;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.Variable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class LogAssertionsTest {
    private final Recorder recorder = Recorder.builder("shop").withoutTimes().build();
    private final Variable stock = recorder.variable("stock");

    private EventLog log() {
        return EventLog.of(recorder);
    }

    private Runnable operation(String name) {
        return () -> recorder.begin(name).close();
    }

    /** Pay and ship are set off by one request; only pay is waited for before the receipt. */
    private EventLog shop() {
        try (Scope request = recorder.openTrace("request")) {
            Task pay = recorder.fork("paying");
            Task ship = recorder.fork("shipping");
            TaskThreads.run("shipper", ship, operation("ship"));
            TaskThreads.run("payer", pay, operation("pay"));
            recorder.join(pay);
            recorder.call("receipt", () -> recorder.call("print", () -> 1));
        }
        return log();
    }

    @Nested
    class Order {
        @Test
        void thatHoldsPasses() {
            EventLog shop = shop();
            assertHappensBefore(shop, "pay", "receipt");
            assertHappensAfter(shop, "receipt", "pay");
            assertConcurrent(shop, "pay", "ship");
            assertCausalOrder(shop, "pay", "receipt");
            assertConcurrent(shop, "shipping", "receipt");
        }

        @Test
        void thatNothingKeepsNamesTheLastCommonCause() {
            assertThat(failure(() -> assertHappensBefore(shop(), "ship", "receipt")))
                    .isEqualTo("""
                        expected ship to happen before receipt, but nothing orders them: they are concurrent.
                          ship:    events 12 to 13 of task 2 "shipping", thread shipper
                          receipt: events 7 to 10 of task 0 "request", thread main
                        Last common cause: fork shipping in task 0 "request"
                        No fork, join, message or lock leads from the end of ship to the begin of receipt.
                        """);
        }

        @Test
        void thatIsTheOtherWayRoundShowsThePath() {
            assertThat(failure(() -> assertHappensBefore(shop(), "receipt", "pay")))
                    .isEqualTo("""
                        expected receipt to happen before pay, but pay happened before receipt.
                          receipt: events 7 to 10 of task 0 "request", thread main
                          pay:     events 4 to 5 of task 1 "paying", thread payer
                        How pay led to receipt:
                          end pay in task 1 "paying"
                          led to join paying in task 0 "request"
                          then begin receipt in task 0 "request"
                        """);
        }

        @Test
        void ofAWholeAndItsPartIsNone() {
            EventLog shop = shop();
            assertThat(failure(() -> assertHappensBefore(shop, "receipt", "print")))
                    .contains("but print is a part of receipt.");
            assertThat(failure(() -> assertConcurrent(shop, "print", "receipt")))
                    .contains("but print is a part of receipt.");
            assertThat(failure(() -> assertConcurrent(shop, "pay", "pay"))).contains("but they are the same.");
        }

        @Test
        void ofUnknownNamesSaysWhatThereIs() {
            assertThat(failure(() -> assertHappensBefore(shop(), "pay\u001b", "ship")))
                    .isEqualTo("no operation, event or task is called \"pay\\u001b\"; there are \"pay\", \"paying\","
                            + " \"print\", \"receipt\", \"request\", \"ship\", \"shipping\"");
        }

        @Test
        void ofNamesThatSeveralBearAsksForTheEvent() {
            try (Scope request = recorder.openTrace("request")) {
                operation("pay").run();
                operation("pay").run();
            }
            EventLog twice = log();
            assertThat(failure(() -> assertHappensBefore(twice, "pay", "request")))
                    .isEqualTo("""
                        2 are called "pay"; say which by the number of its event:
                          events 1 to 2 of task 0 "request", thread main
                          events 3 to 4 of task 0 "request", thread main
                        """);
            assertHappensBefore(twice, 2, 3);
            assertThat(failure(() -> assertConcurrent(twice, 2, 3)))
                    .startsWith(
                            "expected event 2 (pay) and event 3 (pay) to be concurrent, but event 2 (pay) happened");
        }

        @Test
        void ofMessagesAndOfWorkThatNothingSetOffIsFoundByName() {
            TaskThreads.run("other", recorder.fork("one"), () -> recorder.event(EventKind.CUSTOM, "mail", null));
            TaskThreads.run("another", recorder.fork("two"), () -> recorder.event(EventKind.CUSTOM, "fax", null));
            assertConcurrent(log(), "mail", "fax");
            assertThat(failure(() -> assertHappensBefore(log(), "mail", "fax")))
                    .contains("They have no common cause.\n");
        }

        @Test
        void byALockOfThisRunIsShownAsSync() {
            TrackedLock lock = recorder.lock("lock");
            try (Scope request = recorder.openTrace("request")) {
                Runnable locked = locked(lock, () -> {});
                Task first = recorder.fork("first");
                Task second = recorder.fork("second");
                TaskThreads.run("other", first, () -> {
                    operation("pay").run();
                    locked.run();
                });
                TaskThreads.run("another", second, () -> {
                    locked.run();
                    operation("ship").run();
                });
            }
            assertHappensBefore(log(), "pay", "ship");
            assertThat(failure(() -> assertConcurrent(log(), "pay", "ship")))
                    .contains("but pay happened before ship in this run, by sync that may go the other way")
                    .contains("  was in this run before acquire lock in task 2 \"second\"\n");
            Task third = recorder.fork("third");
            third.run(operation("here"));
            recorder.fork("fourth").run(operation("there"));
            assertThat(failure(() -> assertConcurrent(log(), "here", "there")))
                    .contains("  was in this run on the same thread before resume main in task 4 \"fourth\"\n");
        }
    }

    @Nested
    class Findings {
        private void inTwoTasks(Runnable first, Runnable second) {
            try (Scope request = recorder.openTrace("request")) {
                Task one = recorder.fork("one");
                Task two = recorder.fork("two");
                TaskThreads.run("other", one, first);
                TaskThreads.run("another", two, second);
            }
        }

        @Test
        void ofRacesShowTheWitness() {
            inTwoTasks(() -> stock.write(1), () -> stock.write(2));
            assertThat(failure(() -> assertNoRaces(recorder))).isEqualTo("""
                write-write race on stock: an unknown place

                Found 1 certain race: two writes on stock.
                7 events, 3 tasks, 1 trace

                RACES   1 certain, 0 likely, 0 possible
                1. WRITE-WRITE RACE on stock   CERTAIN
                   task 1: one                           task 2: two
                   thread other                          thread another
                   ------------------------------------  ------------------------------------
                   write 1
                                                         write 2
                   Nothing orders them: no fork, join, message or lock leads from one to the
                   other.
                """);
            assertNoDeadlocks(recorder);
        }

        @Test
        void ofRacesCountFromTheVerdictThatIsAsked() {
            TrackedLock lock = recorder.lock("lock");
            Runnable locked = locked(lock, () -> {});
            inTwoTasks(
                    () -> {
                        stock.write(1);
                        locked.run();
                    },
                    () -> {
                        locked.run();
                        stock.write(2);
                    });
            assertNoRaces(recorder);
            assertNoRaces(log(), Race.Verdict.LIKELY);
            assertThat(failure(() -> assertNoRaces(recorder, Race.Verdict.POSSIBLE)))
                    .contains("   POSSIBLE\n");
        }

        @Test
        void ofSplitStepsAreNamed() {
            TrackedLock lock = recorder.lock("lock");
            Runnable read = locked(lock, () -> stock.read(1));
            Runnable write = locked(lock, () -> stock.write(0));
            inTwoTasks(
                    () -> {
                        read.run();
                        write.run();
                    },
                    write);
            assertNoRaces(recorder);
            assertThat(failure(() -> assertNoAtomicityViolations(recorder)))
                    .startsWith("check-then-act on stock: ")
                    .contains("SPLIT STEPS");
        }

        @Test
        void ofDeadlocksAreNamed() {
            TrackedLock a = recorder.lock("a");
            TrackedLock b = recorder.lock("b");
            inTwoTasks(locked(a, locked(b, () -> {})), locked(b, locked(a, () -> {})));
            assertNoRaces(recorder);
            assertThat(failure(() -> assertNoDeadlocks(recorder)))
                    .startsWith("deadlock on b (an unknown place) and a (an unknown place)\n")
                    .contains("asks for a");
        }

        @Test
        void cannotBeRuledOutWhereEventsWereDropped() {
            Recorder small = Recorder.builder("small").maxEvents(1).build();
            Variable x = small.variable("x");
            for (int i = 0; i < 100_000; i++) {
                x.write(i);
            }
            assertThat(failure(() -> assertNoRaces(small)))
                    .startsWith("cannot tell: ")
                    .endsWith("events were not kept because the recorder was full; raise maxEvents");
        }
    }

    @Nested
    class CriticalPaths {
        @Test
        void containWhatTookTime() {
            Recorder timed = Recorder.create("shop");
            timed.fork("request")
                    .run(() -> timed.call(
                            "order",
                            () -> timed.call("price", () -> {
                                long start = System.nanoTime();
                                while (System.nanoTime() - start < 1_000_000) {
                                    Thread.onSpinWait();
                                }
                                return 1;
                            })));
            EventLog log = EventLog.of(timed);
            assertCriticalPathContains(log, "order", "price", "shop: price");
            assertThat(failure(() -> assertCriticalPathContains(log, "price", "mail")))
                    .startsWith("expected mail on the critical path, but it had no part in the time taken.")
                    .contains("\nCritical path of order, ", "%  ", " ns  shop: price\n");
        }

        @Test
        void ofALogWithoutOperationsHaveNothing() {
            stock.write(1);
            assertThat(failure(() -> assertCriticalPathContains(log(), "pay")))
                    .isEqualTo("expected pay on the critical path, but the log has no operation that has times; record"
                            + " some with recorder.call(name, work)");
        }
    }
}
