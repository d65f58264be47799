package io.clockwork.analysis;

/** What is known of a variable at any time. */
final class RaceVariable {
    static final int NONE = -1;
    static final int SEVERAL = -2;

    final int name;
    int tasks;
    int accesses;
    int lastWrite = NONE;
    /** The locks that were held at every access, in whatever mode, as exclusive holds. */
    int commonLocks;

    int lastAccess;
    int lastTask;
    int lastAccessor;
    int commonHolds;
    int soleChain = NONE;
    int soleWriter = NONE;
    /** Whether each access was a cause of the next. */
    boolean inCausalOrder = true;

    int firstGroup = NONE;

    RaceVariable(int name) {
        this.name = name;
    }

    void enter(int event, int chain, boolean writes, int holds, LockSets sets) {
        commonLocks = sets.commonLocks(accesses == 0 ? holds : commonLocks, holds);
        commonHolds = accesses == 0 ? holds : sets.common(commonHolds, holds);
        soleChain = soleChain == NONE || soleChain == chain ? chain : SEVERAL;
        if (writes) {
            soleWriter = soleWriter == NONE || soleWriter == chain ? chain : SEVERAL;
            lastWrite = event;
        }
        accesses++;
        lastAccess = event;
    }
}
