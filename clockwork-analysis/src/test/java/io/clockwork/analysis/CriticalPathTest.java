package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CriticalPathTest {
    private final SpanLog log = new SpanLog();

    private CriticalPath only() {
        List<CriticalPath> paths = CriticalPath.response(log.build());
        assertThat(paths).hasSize(1);
        return paths.get(0);
    }

    /** {@return the sections as the definition lists them: latest first} */
    static List<String> latestFirst(CriticalPath path) {
        List<String> sections = new ArrayList<>();
        path.sections().forEach(s -> sections.add(s.task() + " " + s.startNanos() + " " + s.endNanos()));
        Collections.reverse(sections);
        return sections;
    }

    @Nested
    class Sections {
        @Test
        void ofALonelyRootAreOne() {
            log.root("r", 5, 9);

            assertThat(only().sections())
                    .containsExactly(new CriticalPath.Section("s-r", "r", "r", 0, 5, 9, PathReason.RECORDED));
        }

        @Test
        void areEarliestFirst() {
            int root = log.root("r", 0, 100);
            log.child(root, "a", 10, 40);

            assertThat(only().sections())
                    .extracting(CriticalPath.Section::startNanos)
                    .containsExactly(0L, 10L, 40L);
        }

        @Test
        void chargeTheRootWithWhatNoChildCovers() {
            int root = log.root("r", 0, 100);
            int child = log.child(root, "a", 20, 80);
            log.child(child, "b", 30, 50);

            assertThat(latestFirst(only())).containsExactly("r 80 100", "a 50 80", "b 30 50", "a 20 30", "r 0 20");
        }

        @Test
        void followTheChildThatEndedLast() {
            int root = log.root("r", 0, 100);
            log.child(root, "early", 10, 60);
            log.child(root, "late", 40, 90);

            assertThat(latestFirst(only())).containsExactly("r 90 100", "late 40 90", "r 0 40");
        }

        @Test
        void includeAChildThatEndsExactlyWhereTheNextStarts() {
            int root = log.root("r", 0, 100);
            log.child(root, "a", 0, 50);
            log.child(root, "b", 50, 100);

            assertThat(latestFirst(only())).containsExactly("b 50 100", "a 0 50");
        }

        @Test
        void preferTheChildThatStartedFirstOfTwoThatEndTogether() {
            int root = log.root("r", 0, 100);
            log.child(root, "later", 30, 80);
            log.child(root, "first", 20, 80);

            assertThat(latestFirst(only())).containsExactly("r 80 100", "first 20 80", "r 0 20");
        }

        @Test
        void areNeverEmpty() {
            int root = log.root("r", 0, 100);
            log.child(root, "x", 40, 40);
            log.child(root, "y", 40, 40);
            log.child(root, "z", 0, 0);

            assertThat(latestFirst(only())).containsExactly("r 40 100", "r 0 40");
        }

        @Test
        void areNoneForARootThatTookNoTime() {
            log.root("r", 7, 7);

            assertThat(only().sections()).isEmpty();
            assertThat(only().byService()).isEmpty();
        }

        @Test
        void ofCalledOperationsAreInferredBecauseNobodyRecordedTheWait() {
            int root = log.root("r", 0, 100);
            log.child(root, "a", 0, 100);

            assertThat(only().sections())
                    .extracting(CriticalPath.Section::reason)
                    .containsExactly(PathReason.INFERRED);
        }
    }

    @Nested
    class Clipping {
        @Test
        void cutsAChildToItsParent() {
            int root = log.root("r", 10, 100);
            log.child(root, "a", 5, 40);
            log.child(root, "b", 60, 150);

            CriticalPath path = only();

            assertThat(latestFirst(path)).containsExactly("b 60 100", "r 40 60", "a 10 40");
            assertThat(path.warnings()).singleElement().asString().startsWith("CLIPPED: 2 operations");
        }

        @Test
        void cutsAGrandchildToTheCutParent() {
            int root = log.root("r", 0, 100);
            int child = log.child(root, "a", 50, 150);
            log.child(child, "b", 90, 140);
            log.child(child, "c", 110, 140);

            assertThat(latestFirst(only())).containsExactly("b 90 100", "a 50 90", "r 0 50");
        }

        @Test
        void dropsAChildOutsideItsParentWithWhatItCalled() {
            int root = log.root("r", 100, 200);
            int after = log.child(root, "after", 200, 300);
            log.child(after, "below", 150, 180);
            log.child(root, "before", 50, 100);

            CriticalPath path = only();

            assertThat(latestFirst(path)).containsExactly("r 100 200");
            assertThat(path.warnings()).singleElement().asString().startsWith("DROPPED: 2 operations");
        }

        @Test
        void keepsAnEmptyChildAtTheStartOfItsParentOnly() {
            int root = log.root("r", 0, 100);
            int start = log.child(root, "start", 0, 0);
            log.child(start, "below", 0, 0);
            log.child(root, "end", 100, 100);

            CriticalPath path = only();

            assertThat(latestFirst(path)).containsExactly("r 0 100");
            assertThat(path.warnings()).singleElement().asString().startsWith("DROPPED: 2 operations");
        }
    }

    @Nested
    class Asynchronous {
        @Test
        void consumersAreNeitherOnThePathNorRoots() {
            int root = log.root("r", 0, 100);
            log.child(root, "consumer", 10, 300, Link.MESSAGE);

            CriticalPath path = only();

            assertThat(latestFirst(path)).containsExactly("r 0 100");
            assertThat(path.warnings()).singleElement().asString().startsWith("ASYNCHRONOUS: 1 operation was not");
        }

        @Test
        void whatFollowsFromTheRootIsOnThePathAsFarAsItIsInsideIt() {
            int root = log.root("r", 0, 100);
            log.child(root, "inside", 10, 30, Link.FOLLOWS);
            log.child(root, "outliving", 80, 130, Link.FOLLOWS);

            assertThat(latestFirst(only())).containsExactly("outliving 80 100", "r 30 80", "inside 10 30", "r 0 10");
        }
    }

    @Nested
    class Roots {
        @Test
        void haveAPathEachByTraceAndThenByStart() {
            log.root("b", 50, 60);
            log.root("a", 10, 20);
            log.trace("u").root("c", 0, 5);

            List<CriticalPath> paths = CriticalPath.response(log.build());

            assertThat(paths).extracting(CriticalPath::task).containsExactly("a", "b", "c");
            assertThat(paths).extracting(CriticalPath::trace).containsExactly("t", "t", "u");
            assertThat(paths.get(0).warnings()).singleElement().asString().startsWith("SEVERAL_ROOTS: the trace has 2");
            assertThat(paths.get(2).warnings()).isEmpty();
        }

        @Test
        void areNotTheOperationsOfATaskWhoseOriginWasCut() {
            log.root("r", 0, 100);
            int cut = log.root("cut", 10, 20);
            log.child(cut, "below", 12, 15);
            log.builder.originUnknown(log.builder.tasks.get(cut), Link.CALL);

            CriticalPath path = only();

            assertThat(latestFirst(path)).containsExactly("r 0 100");
            assertThat(path.warnings()).singleElement().asString().startsWith("UNREACHED: 2 operations");
        }

        @Test
        void areNoneInALogWithoutTimes() {
            EventLogBuilder untimed = EventLog.builder();
            untimed.event(untimed.task(untimed.trace("t"), "s", "a"), EventKind.BEGIN, "op");

            assertThat(CriticalPath.response(untimed.build())).isEmpty();
        }

        @Test
        void areNoneInAnEmptyLog() {
            assertThat(CriticalPath.response(EventLog.builder().build())).isEmpty();
        }
    }

    @Test
    void contributionsAreTheLongestFirstThenByName() {
        int root = log.root("r", 0, 100);
        log.child(root, "b", 10, 30);
        log.child(root, "a", 40, 60);
        log.child(root, "b", 70, 80);

        CriticalPath path = only();

        assertThat(path.byService())
                .extracting(part -> part.name() + " " + part.nanos())
                .containsExactly("s-r 50", "s-b 30", "s-a 20");
        assertThat(path.byOperation())
                .extracting(CriticalPath.Contribution::name)
                .containsExactly("s-r: r", "s-b: b", "s-a: a");
        assertThat(path.byService().get(0).share()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aChainOf200000SpansNeedsNoDeepStack() throws InterruptedException {
        int n = 200_000;
        int parent = log.root("r", 0, 2L * n);
        for (int i = 1; i < n; i++) {
            parent = log.child(parent, "c", i, 2L * n - i);
        }
        AtomicReference<CriticalPath> found = new AtomicReference<>();
        Thread small = new Thread(null, () -> found.set(only()), "small stack", 256 << 10);
        small.start();
        small.join();

        assertThat(found.get().sections()).hasSize(2 * n - 1);
        assertThat(found.get().elapsedNanos()).isEqualTo(2L * n);
    }
}
