package io.clockwork.analysis;

import java.util.List;

/**
 * Two accesses of one variable by different tasks, at least one a write, that nothing makes exclusive: one finding for
 * each pair of source sites, shown by its first example.
 *
 * @param variable the variable's name
 * @param verdict how sure it is
 * @param kind what goes wrong, where the values or the shape of the accesses show it
 * @param first the access that comes first in the log
 * @param second the other one
 * @param witness the accesses of both tasks that show what goes wrong, in an order in which it does; at least both sides
 * @param count how many pairs of accesses race at this pair of sites; at least, where a diagnostic says that not all were
 *     counted
 */
public record Race(
        String variable, Verdict verdict, Kind kind, Access first, Access second, List<Access> witness, int count) {
    /** Creates a race with a copy of {@code witness}. */
    public Race {
        witness = List.copyOf(witness);
    }

    /** How sure a race is; the surest first. */
    public enum Verdict {
        /** Nothing orders the two: the race can happen in a run that reads the same values up to it. */
        CERTAIN,
        /** No recorded sync orders the two, but another race would have to go the other way first. */
        LIKELY,
        /** Only this run's luck ordered the two: a lock was taken in between, yet none protects both. */
        POSSIBLE
    }

    /** What goes wrong. */
    public enum Kind {
        /** Both tasks read the same value and wrote a new one from it: one of the updates is gone. */
        LOST_UPDATE,
        /** Both tasks write: which value stays depends on timing. */
        WRITE_WRITE,
        /** One task reads what the other writes: what it sees depends on timing. */
        READ_WRITE
    }
}
