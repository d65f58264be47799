package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clockwork.analysis.Anomaly.Kind;
import io.clockwork.analysis.Anomaly.Severity;
import io.clockwork.record.EventKind;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private static final long MILLI = 1_000_000;

    private static EventLog runs(long... millis) {
        SpanLog log = new SpanLog();
        for (long time : millis) {
            log.root("HttpResponse", 0, time * MILLI);
        }
        return log.build();
    }

    /** {@return that many runs with a mean of 17 ms and a standard deviation of 2 ms} */
    private static EventLog usualRuns(int number) {
        long[] millis = new long[number];
        Arrays.setAll(millis, i -> i % 2 == 0 ? 15 : 19);
        return runs(millis);
    }

    @Nested
    class Times {
        @Test
        void nearTheMeanAreNoAnomaly() {
            assertThat(Baseline.of(usualRuns(20)).check(runs(17)).anomalies()).isEmpty();
            assertThat(Baseline.of(usualRuns(10)).check(runs(17), 10).anomalies())
                    .isEmpty();
        }

        @Test
        void farOffAreAnomalies() {
            Anomaly anomaly =
                    Baseline.of(usualRuns(20)).check(runs(40)).anomalies().get(0);

            assertThat(anomaly.kind()).isEqualTo(Kind.SLOW);
            assertThat(anomaly.value()).isEqualTo(40 * MILLI);
            assertThat(anomaly.task()).isEqualTo("HttpResponse");
            assertThat(Baseline.of(usualRuns(10)).check(runs(40), 10).anomalies())
                    .hasSize(1);
        }

        @Test
        void areNotJudgedByFewerThanTwentySamples() {
            Anomalies few = Baseline.of(usualRuns(19)).check(runs(40, 4_000));

            assertThat(few.anomalies()).isEmpty();
            assertThat(few.judged()).isZero();
            assertThat(few.unjudged()).isEqualTo(2);
        }

        @Test
        void growInSeverity() {
            long[] same = new long[20];
            Arrays.fill(same, 100);
            Baseline baseline = Baseline.of(runs(same));

            // The MAD counts as 2% of the median, 2 ms: 0.6745 / 2 ms a ms.
            assertThat(baseline.check(runs(108)).anomalies()).isEmpty();
            assertThat(severity(baseline, 115)).isEqualTo(Severity.MINOR);
            assertThat(severity(baseline, 130)).isEqualTo(Severity.WARNING);
            assertThat(severity(baseline, 200)).isEqualTo(Severity.CRITICAL);
            assertThat(baseline.check(runs(1)).anomalies().get(0).kind()).isEqualTo(Kind.FAST);
        }

        private Severity severity(Baseline baseline, long millis) {
            return baseline.check(runs(millis)).anomalies().get(0).severity();
        }

        @Test
        void thatAreUnusualDoNotMoveTheBaseline() {
            Baseline baseline = Baseline.of(usualRuns(100));

            Baseline after = baseline.learn(runs(4_000, 4_000, 4_000)).learn(runs(17));

            String times = after.toJson();
            assertThat(times).doesNotContain("e9");
            assertThat(after.check(runs(40)).anomalies()).hasSize(1);
            assertThat(after.merge(Baseline.empty()).toJson()).isEqualTo(times);
        }

        @Test
        void ofAnOperationThatOnlyWaitsForAnotherServiceAreChargedToIt() {
            SpanLog usual = new SpanLog();
            for (int i = 0; i < 20; i++) {
                usual.child(usual.root("call", 0, 10 * MILLI), "served", MILLI, 9 * MILLI);
            }
            SpanLog slow = new SpanLog();
            slow.child(slow.root("call", 0, 50 * MILLI), "served", 41 * MILLI, 49 * MILLI);

            Anomaly anomaly =
                    Baseline.of(usual.build()).check(slow.build()).anomalies().get(0);

            assertThat(anomaly.service()).isEqualTo("s-call");
            assertThat(anomaly.callee()).isEqualTo("s-served");
            assertThat(anomaly.value()).isEqualTo(42 * MILLI);
        }
    }

    @Nested
    class Calls {
        private SpanLog log = new SpanLog();

        private Baseline usual() {
            for (int i = 0; i < 20; i++) {
                run(1);
            }
            Baseline baseline = Baseline.of(log.build());
            log = new SpanLog();
            return baseline;
        }

        private int run(int calls) {
            int root = log.root("shop", 0, 100 * MILLI);
            for (int i = 0; i < calls; i++) {
                log.child(root, "stock", 10 * MILLI, 20 * MILLI);
            }
            return root;
        }

        @Test
        void thatAreMissingAreToldOnceWithTheirCount() {
            Baseline usual = usual();
            run(0);
            run(0);

            Anomaly anomaly = only(usual, Kind.MISSING_CALL);

            assertThat(anomaly.callee()).isEqualTo("s-stock: stock");
            assertThat(anomaly.count()).isEqualTo(2);
        }

        @Test
        void toServicesThatWereNeverCalledAreTold() {
            Baseline usual = usual();
            log.child(run(1), "mail", 30 * MILLI, 40 * MILLI);

            assertThat(only(usual, Kind.UNSEEN_EDGE).callee()).isEqualTo("s-mail: mail");
        }

        @Test
        void moreThanTwiceAsOftenAreAFanOutOrWithErrorsAStorm() {
            Baseline usual = usual();
            run(5);
            assertThat(only(usual, Kind.FAN_OUT).value()).isEqualTo(5);

            log = new SpanLog();
            int root = run(4);
            int failed = log.child(root, "stock", 30 * MILLI, 40 * MILLI);
            log.builder.error(log.builder.tasks.get(failed));
            assertThat(only(usual, Kind.RETRY_STORM).value()).isEqualTo(5);
        }

        @Test
        void thatFailAreToldOfTheInnermost() {
            Baseline usual = usual();
            int root = log.root("shop", 0, 100 * MILLI);
            int stock = log.child(root, "stock", 10 * MILLI, 20 * MILLI);
            log.builder.error(log.builder.tasks.get(root));
            log.builder.event(log.builder.tasks.get(stock), EventKind.CUSTOM, "after the end");
            log.builder.error(log.builder.tasks.get(stock));

            assertThat(only(usual, Kind.ERROR).operation()).isEqualTo("stock");
        }

        private Anomaly only(Baseline usual, Kind kind) {
            return usual.check(log.build()).anomalies().stream()
                    .filter(anomaly -> anomaly.kind() == kind)
                    .reduce((a, b) -> {
                        throw new AssertionError("two of " + kind + ": " + a + ", " + b);
                    })
                    .orElseThrow();
        }
    }

    @Nested
    class Storing {
        @Test
        void andReadingBackGivesTheSame() {
            Baseline baseline = Baseline.of(usualRuns(50));

            assertThat(Baseline.parse(baseline.toJson()).toJson()).isEqualTo(baseline.toJson());
            assertThat(Baseline.parse(baseline.toJson()).traces()).isEqualTo(1);
        }

        @Test
        void refusesWhatIsNoBaseline() {
            assertThatThrownBy(() -> Baseline.parse("{}")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Baseline.parse("[")).hasMessageStartingWith("not a baseline: ");
            String huge = Baseline.of(usualRuns(2)).toJson().replaceFirst("\\[\\[\\d+", "[[9999");
            assertThatThrownBy(() -> Baseline.parse(huge)).hasMessageStartingWith("bucket must be from 0 to 2184");
        }

        @Test
        void mergesBaselinesAsIfOneHadSeenAll() {
            Baseline merged = Baseline.of(usualRuns(30)).merge(Baseline.of(runs(15, 16, 17, 18)));

            assertThat(merged.traces()).isEqualTo(2);
            assertThat(merged.check(runs(40)).anomalies()).hasSize(1);
        }
    }

    @Property
    void quantilesAreWithinOnePercent(
            @ForAll @Size(min = 1, max = 200) long[] raw, @ForAll @LongRange(min = 0, max = 100) long percent) {
        QuantileSketch sketch = new QuantileSketch();
        long[] values = Arrays.stream(raw)
                .map(v -> v == Long.MIN_VALUE ? 0 : Math.abs(v))
                .sorted()
                .toArray();
        for (long value : values) {
            sketch.add(value);
        }
        double exact = values[(int) Math.floor(percent / 100.0 * (values.length - 1))];
        assertThat(sketch.quantile(percent / 100.0)).isCloseTo(exact, within(exact * 0.0101));
    }

    @Test
    void mergedSketchesAreTheSketchOfAll() {
        Random random = new Random(7);
        QuantileSketch all = new QuantileSketch();
        QuantileSketch even = new QuantileSketch();
        QuantileSketch odd = new QuantileSketch();
        for (int i = 0; i < 10_000; i++) {
            long value = (long) Math.exp(random.nextDouble() * 30);
            all.add(value);
            (i % 2 == 0 ? even : odd).add(value);
        }
        even.addAll(odd);

        assertThat(even.quantile(0.5)).isEqualTo(all.quantile(0.5));
        assertThat(even.medianDistance(1e6)).isEqualTo(all.medianDistance(1e6));
        assertThat(even.count()).isEqualTo(10_000);
    }
}
