package io.clockwork.record;

import java.io.IOException;
import java.util.List;

/**
 * Where a recorder's events go besides its memory: a file, a mirror.
 *
 * <p>The recorder calls a sink from one daemon thread that no other sink shares, never two methods at a time: first
 * {@link #open}, then the others. A sink may throw whatever it likes and block as long as it likes. Neither the recorded
 * program nor other sinks notice; what it did not take is counted in {@link SinkStatus}. It must not record with the
 * recorder that feeds it.
 */
public interface EventSink {
    /**
     * Says whose events will come; called again before each batch until it once returned normally.
     *
     * @throws IOException if no events can be taken now: the batch that was due is lost and counted
     */
    default void open(EventSource source) throws IOException {}

    /**
     * Takes a batch of events: stretches of what tasks did. Those of one task come in order and each event comes once,
     * but several batches may hold stretches of the same task, and events of other tasks come in no order at all. What
     * was dropped before it could be written is missing: {@link RecordedTask#evicted} tells.
     *
     * @param batch at most some thousand events, which may be kept
     * @throws IOException if the batch was not taken: all its events are counted as lost
     */
    void write(List<RecordedTask> batch) throws IOException;

    /** Sees that what was taken so far outlives this process; called whenever there is nothing else to write. */
    default void flush() throws IOException {}

    /** Gives up what the sink holds; the last call. */
    default void close() throws IOException {}
}
