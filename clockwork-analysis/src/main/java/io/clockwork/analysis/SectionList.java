package io.clockwork.analysis;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** The sections of a response path as columns: paths of a million sections are made without as many objects. Immutable. */
final class SectionList extends AbstractList<CriticalPath.Section> implements RandomAccess {
    private final Operations operations;
    /** The operation of each section, the latest first. */
    private final int[] latestFirst;
    /** Where each section ends, the latest first, and where the first one starts. */
    private final long[] bounds;

    SectionList(Operations operations, int[] latestFirst, long[] bounds) {
        this.operations = operations;
        this.latestFirst = latestFirst;
        this.bounds = bounds;
    }

    @Override
    public CriticalPath.Section get(int index) {
        int i = latestFirst.length - 1 - Objects.checkIndex(index, latestFirst.length);
        int op = latestFirst[i];
        return operations.section(op, bounds[i + 1], bounds[i], operations.reason(op));
    }

    @Override
    public int size() {
        return latestFirst.length;
    }
}
