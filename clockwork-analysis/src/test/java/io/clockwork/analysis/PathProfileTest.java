package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PathProfileTest {
    private final SpanLog log = new SpanLog();

    private static String show(CriticalPath.Contribution part) {
        return part.name() + " " + part.nanos();
    }

    @Test
    void sharesAreOfTheElapsedTimeOfAllPaths() {
        int root = log.root("r", 0, 100);
        log.child(log.child(root, "a", 20, 80), "b", 30, 50);
        log.trace("u").root("r", 0, 100);

        PathProfile profile = PathProfile.of(log.build());

        assertThat(profile.paths()).isEqualTo(2);
        assertThat(profile.services()).extracting(PathProfileTest::show).containsExactly("s-r 140", "s-a 40", "s-b 20");
        assertThat(profile.services().get(0).share()).isEqualTo(0.7);
        assertThat(profile.edges()).extracting(PathProfileTest::show).containsExactly("s-r -> s-a 40", "s-a -> s-b 20");
    }

    @Test
    void framesAreATreeWhoseTotalsIncludeWhatIsBelow() {
        int root = log.root("r", 0, 100);
        log.child(root, "a", 0, 40);
        log.child(root, "a", 50, 80);

        assertThat(PathProfile.of(log.build()).frames())
                .containsExactly(
                        new PathProfile.Frame(-1, "s-r", "r", 1, 30, 100),
                        new PathProfile.Frame(0, "s-a", "a", 2, 70, 70));
    }

    @Test
    void heatCountsThePathsByTheShareInThem() {
        log.child(log.root("r", 0, 100), "a", 0, 95);
        log.child(log.root("r", 200, 300), "a", 200, 210);

        PathProfile profile = PathProfile.of(log.build());

        assertThat(profile.heat())
                .containsExactly(
                        new PathProfile.Heat("s-a: a", List.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
                        new PathProfile.Heat("s-r: r", List.of(1, 0, 0, 0, 0, 0, 0, 0, 1, 0)));
    }

    @Nested
    class Drag {
        @Test
        void isTheTimeUntilTheNextSiblingWouldBeTheLast() {
            int root = log.root("r", 0, 100);
            log.child(root, "early", 10, 60);
            log.child(log.child(root, "late", 40, 90), "inner", 50, 85);

            assertThat(PathDrag.of(log.build()))
                    .extracting(drag -> drag.operation() + " " + drag.nanosOnPath() + " " + drag.dragNanos())
                    .containsExactly("r 50 100", "late 15 30", "inner 35 30");
        }

        @Test
        void isAllOfWhatNothingRunsBeside() {
            log.child(log.root("r", 0, 100), "a", 20, 80);

            assertThat(PathDrag.of(log.build()).get(1).dragNanos()).isEqualTo(60);
        }
    }

    @Nested
    class Replay {
        private List<WhatIf> replay(String operation, double factor) {
            return WhatIf.of(log.build(), "s-" + operation, operation, factor);
        }

        @Test
        void movesWhatComesAfterInOrderAndLeavesItIfIndependent() {
            int root = log.root("r", 0, 100);
            log.child(root, "a", 10, 50);
            log.child(root, "b", 55, 95);

            assertThat(replay("a", 0.5)).containsExactly(new WhatIf("t", "s-r", "r", 100, 80, 100));
            assertThat(replay("b", 0.5)).containsExactly(new WhatIf("t", "s-r", "r", 100, 80, 80));
            assertThat(replay("b", 2)).containsExactly(new WhatIf("t", "s-r", "r", 100, 140, 140));
        }

        @Test
        void scalesTheOwnWorkOfTheRoot() {
            log.child(log.root("r", 0, 100), "a", 10, 50);

            assertThat(replay("r", 0.5)).containsExactly(new WhatIf("t", "s-r", "r", 100, 70, 70));
            assertThat(replay("r", 1)).containsExactly(new WhatIf("t", "s-r", "r", 100, 100, 100));
        }

        @Test
        void endsNotBeforeASiblingThatRanBeside() {
            int root = log.root("r", 0, 100);
            log.child(root, "early", 10, 60);
            log.child(root, "late", 10, 90);

            assertThat(replay("late", 0)).containsExactly(new WhatIf("t", "s-r", "r", 100, 60, 70));
        }

        @Test
        void refusesAFactorThatIsNone() {
            assertThatThrownBy(() -> replay("a", Double.NaN))
                    .hasMessage("factor must be a finite number from 0, was NaN");
        }
    }

    @Nested
    class WorstShapes {
        private static final int SPANS = 100_000;

        @Test
        void ofChildrenOneAfterTheOther() {
            int root = log.root("r", 0, SPANS);
            for (int i = 0; i < SPANS; i++) {
                log.child(root, "c", i, i + 1);
            }
            checkAll(SPANS);
        }

        @Test
        void ofChildrenThatOverlap() {
            int root = log.root("r", 0, 2L * SPANS);
            for (int i = 0; i < SPANS; i++) {
                log.child(root, "c", i, SPANS + i);
            }
            checkAll(2);
        }

        @Test
        void ofAChain() {
            int parent = log.root("r", 0, 4L * SPANS);
            for (int i = 1; i < SPANS; i++) {
                parent = log.child(parent, "c", i, 4L * SPANS - i);
            }
            checkAll(2 * SPANS - 1);
        }

        /** Runs everything on a thread with a small stack. */
        private void checkAll(int sections) {
            EventLog built = log.build();
            AtomicReference<CriticalPath> completion = new AtomicReference<>();
            Thread small = new Thread(
                    null,
                    () -> {
                        assertThat(PathDrag.of(built)).isNotEmpty();
                        assertThat(PathProfile.of(built).paths()).isEqualTo(1);
                        assertThat(WhatIf.of(built, "s-c", "c", 0.5)).hasSize(1);
                        assertThat(CriticalPath.response(built).get(0).sections())
                                .hasSizeGreaterThanOrEqualTo(sections);
                        completion.set(CriticalPath.completion(built).get(0));
                    },
                    "small stack",
                    256 << 10);
            small.start();
            try {
                small.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(completion.get().elapsedNanos()).isEqualTo(built.nanos(built.size() - 1) - built.nanos(0));
        }
    }
}
