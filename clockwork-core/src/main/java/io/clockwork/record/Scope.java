package io.clockwork.record;

/**
 * A stretch of a thread's run during which a task is current, or an operation goes on; close it on the thread that
 * opened it, in the reverse order of opening.
 *
 * <p>Closing twice, on another thread or out of order breaks nothing: it is counted in {@link Recording#misuses}.
 */
public sealed interface Scope extends AutoCloseable permits ThreadContext.TaskScope, OperationScope {
    /** Ends the stretch; throws nothing unless the recorder is {@linkplain Recorder.Builder#strict strict}. */
    @Override
    void close();
}
