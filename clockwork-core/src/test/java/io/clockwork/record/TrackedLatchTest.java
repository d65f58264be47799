package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrackedLatchTest {
    private final Recorder recorder = Recorder.create("latches");
    private final TrackedLatch latch = recorder.latch("latch", 2);

    private Boolean countDown() {
        latch.countDown();
        return true;
    }

    @Test
    void chainsTheCountDownsForWhoSeesItOpen() throws Exception {
        Recorded.in(recorder, "first", this::countDown);
        Recorded.Running<Boolean> waiting = Recorded.start(recorder, "waiting", () -> {
            latch.await();
            return true;
        });
        Recorded.await(recorder, "waiting", EventKind.BLOCK);
        Recorded.in(recorder, "second", this::countDown);
        Recorded.in(recorder, "surplus", this::countDown);
        Recorded.end(waiting);
        Recorded.in(recorder, "late", () -> latch.await(1, TimeUnit.NANOSECONDS));

        RecordedEvent first = Recorded.event(recorder, "first", EventKind.COUNT_DOWN);
        RecordedEvent second = Recorded.event(recorder, "second", EventKind.COUNT_DOWN);
        assertThat(first.cause()).isNull();
        assertThat(second.cause()).isEqualTo(first.dot());
        assertThat(Recorded.kinds(recorder, "waiting")).containsExactly(EventKind.BLOCK, EventKind.AWAIT);
        assertThat(Recorded.event(recorder, "waiting", EventKind.AWAIT).cause()).isEqualTo(second.dot());
        assertThat(Recorded.event(recorder, "late", EventKind.AWAIT).cause()).isEqualTo(second.dot());
        assertThat(Recorded.kinds(recorder, "surplus")).isEmpty();
        assertThat(latch.getCount()).isZero();
    }

    @Test
    void givesUpWhenTheTimeIsUpOrAnInterruptComes() throws Exception {
        Recorded.in(recorder, "impatient", () -> latch.await(1, TimeUnit.NANOSECONDS));
        assertThat(Recorded.kinds(recorder, "impatient")).containsExactly(EventKind.BLOCK, EventKind.GIVE_UP);
        Recorded.Running<Boolean> plain = Recorded.start(recorder, "plain", () -> {
            latch.await();
            return true;
        });
        Recorded.Running<Boolean> timed = Recorded.start(recorder, "timed", () -> latch.await(1, TimeUnit.HOURS));
        plain.thread().interrupt();
        timed.thread().interrupt();
        assertThatThrownBy(() -> Recorded.end(plain)).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> Recorded.end(timed)).isInstanceOf(InterruptedException.class);
        assertThat(Recorded.kinds(recorder, "plain")).endsWith(EventKind.GIVE_UP);
        assertThat(Recorded.kinds(recorder, "timed")).endsWith(EventKind.GIVE_UP);
        assertThat(latch.getCount()).isEqualTo(2);
    }

    @Test
    void isOpenFromTheBeginningWhenItsCountIsZero() throws Exception {
        recorder.latch("open", 0).await();
        assertThat(recorder.recording().tasks().get(0).events())
                .extracting(RecordedEvent::kind)
                .containsExactly(EventKind.RESUME, EventKind.AWAIT);
    }

    @Test
    void refusesANegativeCountAsTheJdksDoes() {
        assertThatThrownBy(() -> recorder.latch("latch", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void opensWhenNothingMoreCanBeRecorded() throws Exception {
        TrackedLatch other = Recorder.builder("full").maxEvents(1).build().latch("latch", 2);
        other.countDown();
        other.countDown();
        other.await();
        assertThat(other.getCount()).isZero();
        assertThat(other.toString()).contains("Count = 0");
    }
}
