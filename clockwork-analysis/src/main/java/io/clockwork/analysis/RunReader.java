package io.clockwork.analysis;

import io.clockwork.analysis.Baseline.Cell;
import io.clockwork.analysis.CalledOperations.Callee;
import io.clockwork.analysis.CalledOperations.Run;

/** Goes through the operations of a log with what each called. */
final class RunReader {
    private RunReader() {}

    /** Takes the runs. */
    interface Sink {
        void run(int operation, Cell cell, Run run, CallTimes source);
    }

    static void read(EventLog log, Sink sink) {
        EventColumns columns = log.columns();
        CallTimes source = CallTimes.of(log);
        int[] starts = source.childStarts();
        int[] children = source.children(starts);
        for (int op = 0; op < source.size(); op++) {
            Run run = new Run();
            for (int k = starts[op]; k < starts[op + 1]; k++) {
                int child = children[k];
                Callee callee = new Callee(source.operations.service(child), source.operations.name(child));
                run.call(callee, source.failed[child]);
            }
            String charged = columns.names.get(source.charged[op]);
            Cell cell = new Cell(source.operations.service(op), charged, source.operations.name(op));
            sink.run(op, cell, run, source);
        }
    }
}
