package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A strict recorder throws where another one counts, and is as good as that afterwards. */
class StrictRecorderTest {
    private final Recorder recorder = Recorder.builder("test").strict().build();

    @Test
    void scopesClosedTwiceAreRefused() {
        Scope scope = recorder.openTrace("pay");
        scope.close();
        assertThatIllegalStateException()
                .isThrownBy(scope::close)
                .withMessage("the scope of task \"pay\" was closed twice; close it once");
        assertThat(recorder.recording().misuses()).isEqualTo(1);
    }

    @Test
    void scopesClosedOutOfOrderAreClosedAllTheSame() {
        Scope outer = recorder.openTrace("outer");
        recorder.openTrace("inner");
        assertThatIllegalStateException()
                .isThrownBy(outer::close)
                .withMessageContaining("\"outer\" was closed before one that was opened in it");
        assertThat(recorder.fork("next").call(() -> recorder.timestamp().size()))
                .isEqualTo(1);
        assertThat(recorder.recording().misuses()).isEqualTo(1);
    }

    @Test
    void scopesClosedOnAnotherThreadAreRefused() {
        Scope scope = recorder.openTrace("pay");
        assertThat(CompletableFuture.runAsync(scope::close))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("\"pay\" was closed on another thread");
    }

    @Test
    void tasksRunTwiceAtATimeAreRefused() {
        Task task = recorder.fork("pay");
        task.run(() -> assertThatIllegalStateException()
                .isThrownBy(() -> task.run(() -> {}))
                .withMessageContaining("task \"pay\" is run by another thread or was joined"));
    }

    @Test
    void joiningATaskThatStillRunsIsRefused() {
        Task task = recorder.fork("pay");
        task.run(() -> recorder.fork("other")
                .run(() -> assertThatIllegalStateException()
                        .isThrownBy(() -> recorder.join(task))
                        .withMessageContaining("task \"pay\" was joined before its end")));
    }

    @Test
    void operationsEndedTwiceAreRefused() {
        recorder.fork("pay").run(() -> {
            Scope operation = recorder.begin("validate");
            operation.close();
            assertThatIllegalStateException()
                    .isThrownBy(operation::close)
                    .withMessageContaining("operation \"validate\" was ended twice");
        });
    }
}
