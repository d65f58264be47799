package io.clockwork.json.log;

import io.clockwork.record.Recording;
import java.util.List;

/**
 * What was read of event logs.
 *
 * <p>Times in the recordings are nanoseconds since 1970-01-01T00:00:00Z, by the wall clock at the start of the run and
 * the monotonic clock from then on: those of several services line up as well as their wall clocks did.
 *
 * @param recordings one for each run of a service, in the order in which they were met
 * @param malformed how many lines could not be used
 * @param incomplete how many files ended in the middle of a line, as they do when a process is killed
 * @param duplicates how many events were there more than once
 * @param missing how many events are not there although later ones of their tasks are: dropped or lost when they were
 *     recorded, in files that were not given, or in malformed lines
 * @param lost how many events the sinks say they could not write
 * @param faults why lines could not be used, the first ones of them
 */
public record JsonLog(
        List<Recording> recordings,
        long malformed,
        long incomplete,
        long duplicates,
        long missing,
        long lost,
        List<Fault> faults) {
    /** Creates a log of copies of the lists. */
    public JsonLog {
        recordings = List.copyOf(recordings);
        faults = List.copyOf(faults);
    }

    /**
     * A line that could not be used.
     *
     * @param file the file's name as it was given
     * @param line the line, from 1
     * @param reason what is wrong with it; safe to log
     */
    public record Fault(String file, long line, String reason) {
        /** {@return file, line and reason} */
        @Override
        public String toString() {
            return file + ": line " + line + ": " + reason;
        }
    }
}
