package io.clockwork.record;

import java.util.concurrent.atomic.AtomicBoolean;

/** An operation that goes on. */
final class OperationScope implements Scope {
    private final Recorder recorder;
    private final Task task;
    private final int operation;
    private final AtomicBoolean ended = new AtomicBoolean();

    OperationScope(Recorder recorder, Task task, int operation) {
        this.recorder = recorder;
        this.task = task;
        this.operation = operation;
    }

    @Override
    public void close() {
        recorder.end(task, operation, ended);
    }
}
