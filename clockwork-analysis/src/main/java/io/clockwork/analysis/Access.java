package io.clockwork.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One access of a variable, with all that is known of it.
 *
 * @param event the number of the event in the log
 * @param taskNumber the number of the task in the log
 * @param task the name of the task
 * @param operation the innermost operation that went on in the task; empty when there was none
 * @param service the service that ran it
 * @param thread the thread that ran it; empty when that is not known
 * @param site where in the source code; empty when that is not known
 * @param write whether it wrote; otherwise it read
 * @param value what was read or written; null when that is not known
 * @param locks the names of the locks that the task held, in order of name
 */
public record Access(
        int event,
        int taskNumber,
        String task,
        String operation,
        String service,
        String thread,
        String site,
        boolean write,
        @Nullable Object value,
        List<String> locks) {
    /** Creates an access with a copy of {@code locks}. */
    public Access {
        locks = List.copyOf(locks);
    }
}
