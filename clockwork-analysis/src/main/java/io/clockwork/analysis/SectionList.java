package io.clockwork.analysis;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** The sections of a path as columns: paths of a million sections are made without as many objects. Immutable. */
final class SectionList extends AbstractList<CriticalPath.Section> implements RandomAccess {
    private static final PathReason[] REASONS = PathReason.values();

    private final EventColumns log;
    /** Of each section, the latest first, the task, the operation's name and the reason. */
    private final int[] tasks;

    private final int[] names;
    private final byte[] reasons;
    /** Where each section ends, the latest first, and where the first one starts. */
    private final long[] bounds;

    private SectionList(EventColumns log, Builder columns) {
        this.log = log;
        tasks = columns.tasks.toArray();
        names = columns.names.toArray();
        reasons = columns.reasons.toArray();
        bounds = columns.bounds.toArray();
    }

    @Override
    public CriticalPath.Section get(int index) {
        int i = tasks.length - 1 - Objects.checkIndex(index, tasks.length);
        int task = tasks[i];
        return new CriticalPath.Section(
                log.names.get(log.taskServices[task]),
                log.names.get(names[i]),
                log.names.get(log.taskNames[task]),
                task,
                bounds[i + 1],
                bounds[i],
                REASONS[reasons[i]]);
    }

    @Override
    public int size() {
        return tasks.length;
    }

    /** Takes the sections of a path from its end back to its start. */
    static final class Builder {
        private final IntColumn tasks = new IntColumn();
        private final IntColumn names = new IntColumn();
        private final ByteColumn reasons = new ByteColumn();
        private final LongColumn bounds = new LongColumn();

        /** Begins with the end of the path. */
        Builder(long end) {
            bounds.add(end);
        }

        /** {@return where the earliest section starts} */
        long start() {
            return bounds.get(tasks.size());
        }

        @SuppressWarnings("EnumOrdinal") // never leaves this class
        void add(int task, int name, PathReason reason, long from) {
            tasks.add(task);
            names.add(name);
            reasons.add((byte) reason.ordinal());
            bounds.add(from);
        }

        /** As {@link #add}, but lengthens the section before if only the times differ. */
        @SuppressWarnings("EnumOrdinal")
        void join(int task, int name, PathReason reason, long from) {
            int last = tasks.size() - 1;
            if (last >= 0
                    && tasks.get(last) == task
                    && names.get(last) == name
                    && reasons.get(last) == reason.ordinal()) {
                bounds.set(last + 1, from);
            } else {
                add(task, name, reason, from);
            }
        }

        SectionList build(EventColumns log) {
            return new SectionList(log, this);
        }
    }
}
