package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/** Finds the line of application code that is recording: the innermost frame outside this package. */
final class CallSites {
    private static final String PACKAGE = Recorder.class.getPackageName() + '.';

    private final StackWalker walker = StackWalker.getInstance();

    @Nullable
    Site caller() {
        return walker.walk(frames -> frames.filter(
                        frame -> !frame.getClassName().startsWith(PACKAGE)
                                && !frame.getClassName().startsWith("java."))
                .findFirst()
                .map(frame -> new Site(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber()))
                .orElse(null));
    }
}
