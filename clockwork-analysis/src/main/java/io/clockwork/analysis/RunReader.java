package io.clockwork.analysis;

import io.clockwork.analysis.Baseline.Cell;
import io.clockwork.analysis.CalledOperations.Callee;
import io.clockwork.analysis.CalledOperations.Run;
import java.util.ArrayList;
import java.util.List;

/** Goes through the operations of a log with what each called. Equal cells are one object, and equal callees. */
final class RunReader {
    private final EventColumns log;
    private final CallTimes source;
    private final LongIntMap labels = new LongIntMap();
    private final List<Callee> callees = new ArrayList<>();
    private final LongIntMap places = new LongIntMap();
    private final List<Cell> cells = new ArrayList<>();

    private RunReader(EventLog log, CallTimes source) {
        this.log = log.columns();
        this.source = source;
    }

    /** Takes the runs. */
    interface Sink {
        void run(int operation, Cell cell, Run run, CallTimes source);
    }

    static void read(EventLog log, Sink sink) {
        new RunReader(log, CallTimes.of(log)).read(sink);
    }

    private void read(Sink sink) {
        int[] starts = source.childStarts();
        int[] children = source.children(starts);
        int[] labelOf = new int[source.size()];
        for (int op = 0; op < labelOf.length; op++) {
            labelOf[op] = label(op);
        }
        Run run = new Run();
        for (int op = 0; op < labelOf.length; op++) {
            run = run.counts.isEmpty() ? run : new Run();
            for (int k = starts[op]; k < starts[op + 1]; k++) {
                run.call(callees.get(labelOf[children[k]]), source.failed[children[k]]);
            }
            sink.run(op, cell(labelOf[op], source.charged[op]), run, source);
        }
    }

    private int label(int op) {
        long key = (long) source.service(op) << Integer.SIZE | source.operations.nameNumber(op);
        int label = labels.getOrDefault(key, -1);
        if (label < 0) {
            label = callees.size();
            labels.put(key, label);
            callees.add(new Callee(source.operations.service(op), source.operations.name(op)));
        }
        return label;
    }

    private Cell cell(int label, int charged) {
        long key = (long) label << Integer.SIZE | charged;
        int place = places.getOrDefault(key, -1);
        if (place < 0) {
            place = cells.size();
            places.put(key, place);
            Callee own = callees.get(label);
            cells.add(new Cell(own.service(), log.names.get(charged), own.operation()));
        }
        return cells.get(place);
    }
}
