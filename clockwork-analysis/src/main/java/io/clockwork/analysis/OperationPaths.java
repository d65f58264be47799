package io.clockwork.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report says of a log's operations: found once, then asked for several things. Not thread-safe. */
final class OperationPaths {
    private final EventLog log;
    private final Operations operations;
    private @Nullable ResponsePaths responses;

    OperationPaths(EventLog log) {
        this.log = log;
        operations = Operations.of(log);
    }

    EventLog log() {
        return log;
    }

    Operations operations() {
        return operations;
    }

    /** {@return the walks back from the end of each root; only for a log that is timed} */
    ResponsePaths walks() {
        ResponsePaths known = responses;
        if (known == null) {
            known = new ResponsePaths(log, operations);
            responses = known;
        }
        return known;
    }

    List<CriticalPath> responses() {
        return log.isTimed() ? walks().paths() : List.of();
    }

    List<CriticalPath> completions() {
        return CompletionPaths.of(log, operations);
    }

    PathProfile profile() {
        return PathProfiler.profile(this);
    }

    ServiceGraph services() {
        return ServiceLinker.link(this);
    }
}
