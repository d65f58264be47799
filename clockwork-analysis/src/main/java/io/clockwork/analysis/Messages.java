package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import io.clockwork.record.MessageId;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes from service to service: ties the recordings of one log together. */
final class Messages {
    private final EventLogBuilder log;
    private final Map<String, String> traceNames = new HashMap<>();
    private final Map<String, Integer> traces = new HashMap<>();
    private final Map<MessageId, Integer> sent = new HashMap<>();
    private final List<MessageId> received = new ArrayList<>();
    /** Per message of {@link #received} the event. */
    private final IntColumn receipts = new IntColumn();
    /** Per message of {@link #received} the task that it set off, or -1. */
    private final IntColumn begun = new IntColumn();
    /** The task whose next receipt is what set it off, or -1. */
    private int arriving = -1;

    Messages(EventLogBuilder log, List<Recording> recordings) {
        this.log = log;
        for (Recording recording : recordings) {
            for (RecordedTask task : recording.tasks()) {
                if (task.origin() == null && arrival(task) == null) {
                    traceNames.putIfAbsent(task.traceId(), task.name());
                }
            }
        }
    }

    /** {@return the trace of a task, which other services may have been in too; it is called what it was where it began} */
    int trace(RecordedTask task) {
        return traces.computeIfAbsent(task.traceId(), id -> log.trace(traceNames.getOrDefault(id, task.name())));
    }

    /** {@return the receipt of the message that set a task off; null for a task that none did} */
    private static @Nullable RecordedEvent arrival(RecordedTask task) {
        for (RecordedEvent event : task.events()) {
            if (event.kind() != EventKind.RESUME) {
                MessageId message = event.kind() == EventKind.RECEIVE ? event.message() : null;
                boolean here = message != null && message.traceId().equals(task.traceId());
                return here && task.origin() == null && task.evicted() == 0 ? event : null;
            }
        }
        return null;
    }

    /** Says that the events to come are those of a task. */
    void begin(RecordedTask task, int number) {
        arriving = task.origin() == null && arrival(task) != null ? number : -1;
    }

    void add(RecordedEvent event, int number) {
        MessageId message = event.message();
        if (message == null) {
            return;
        }
        switch (event.kind()) {
            case SEND, REQUEST -> sent.putIfAbsent(message, number);
            case RECEIVE, RESPONSE -> {
                received.add(message);
                receipts.add(number);
                begun.add(arriving);
                arriving = -1;
            }
            default -> {
                // names a message in passing
            }
        }
    }

    /** Puts each receipt after its sending. */
    void addEdges() {
        int missing = 0;
        for (int i = 0; i < received.size(); i++) {
            Integer sending = sent.get(received.get(i));
            if (sending == null) {
                missing++;
            } else if (begun.get(i) >= 0) {
                boolean awaited = log.kind(sending) == EventKind.REQUEST;
                log.origin(begun.get(i), sending, awaited ? Link.CALL : Link.MESSAGE);
            } else {
                log.causes(sending, receipts.get(i));
            }
        }
        if (missing > 0) {
            log.diagnose(new Diagnostic(
                    "MISSING_SEND",
                    missing + (missing == 1 ? " message was" : " messages were")
                            + " received from services that were not read, or that did not record the sending: what"
                            + " that would order is shown as concurrent; read their recordings too",
                    0));
        }
    }
}
