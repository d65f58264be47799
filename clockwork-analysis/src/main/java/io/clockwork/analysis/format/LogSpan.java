package io.clockwork.analysis.format;

import io.clockwork.analysis.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span to be written: an operation, or a task around its operations. */
final class LogSpan {
    final int task;
    /** Its id in the log. */
    final String id;

    final String name;
    final long start;
    final long end;
    /** Whether it is all of its task, so that what the log says of the task is said of it. */
    final boolean isTask;

    @Nullable
    LogSpan parent;

    Link link = Link.NONE;
    /** Other spans that caused it. */
    List<LogSpan> causes = List.of();
    /** Events that it has beside its begin and end. */
    IntList moments = NO_MOMENTS;

    /** Its id in the form that is written; set by whoever writes. */
    String writtenId = "";

    private static final IntList NO_MOMENTS = new IntList();

    LogSpan(int task, String id, String name, long start, long end, boolean isTask) {
        this.task = task;
        this.id = id;
        this.name = name;
        this.start = start;
        this.end = Math.max(start, end);
        this.isTask = isTask;
    }

    void cause(LogSpan span) {
        if (causes.isEmpty()) {
            causes = new ArrayList<>(1);
        }
        causes.add(span);
    }

    void moment(int event) {
        if (moments == NO_MOMENTS) {
            moments = new IntList();
        }
        moments.add(event);
    }
}
