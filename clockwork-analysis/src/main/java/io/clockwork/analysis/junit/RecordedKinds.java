package io.clockwork.analysis.junit;

import io.clockwork.analysis.EventLog;
import io.clockwork.record.EventKind;

/** Whether a test recorded anything that it could fail on. */
final class RecordedKinds {
    static final String NOTHING = """
        the test recorded nothing that could race: it would pass whatever the code does.
        Take a parameter Recorder and let the code under test use its objects, as recorder.tracked("balance", 100) \
        for a field and recorder.lock("account") for a lock.
        """;

    private RecordedKinds() {}

    static boolean canFail(EventLog log) {
        for (int e = 0; e < log.size(); e++) {
            if (isMore(log.kind(e))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMore(EventKind kind) {
        return switch (kind) {
            case RESUME, FORK, JOIN, BEGIN, END -> false;
            default -> true;
        };
    }
}
