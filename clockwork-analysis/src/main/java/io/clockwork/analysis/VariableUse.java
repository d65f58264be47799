package io.clockwork.analysis;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Who accessed each variable, as far as a few words tell: enough to say of most accesses that no other may race with them. */
final class VariableUse {
    /** The ints of a variable, and what they are. */
    private static final int HEAD = 8;

    private static final int SOLE_SLOT = 0;
    private static final int SOLE_WRITER = 1;
    private static final int LAST_WRITE = 2;
    private static final int COMMON_LOCKS = 3;
    private static final int LAST_SLOT = 4;
    private static final int ACCESSES = 5;

    private static final int SEVERAL = -1;

    private final LockSets lockSets;
    private int[] heads = new int[64 * HEAD];
    /** The slots of each variable that has several. */
    private @Nullable BitSet[] slotsOf = new @Nullable BitSet[64];

    VariableUse(LockSets lockSets) {
        this.lockSets = lockSets;
    }

    void grow(int variables) {
        if (variables > slotsOf.length) {
            slotsOf = Arrays.copyOf(slotsOf, Math.max(variables, slotsOf.length * 2));
            heads = Arrays.copyOf(heads, slotsOf.length * HEAD);
        }
    }

    /** {@return whether there may be accesses that causality and locks leave unordered with this one, which is not entered yet} */
    boolean mayRace(int variable, int kind, int slot, int locks, SlotClocks causality) {
        int head = variable * HEAD;
        int sole = heads[head + SOLE_SLOT];
        if (sole == slot + 1 || sole == 0 || lockSets.exclude(heads[head + COMMON_LOCKS], locks)) {
            return false;
        }
        int writer = heads[head + SOLE_WRITER];
        return RaceEngine.writes(kind)
                || !(writer == 0 || (writer > 0 && causality.knows(slot, writer - 1, heads[head + LAST_WRITE])));
    }

    void add(int variable, int kind, int slot, int locks, int stamp) {
        int head = variable * HEAD;
        if (heads[head + LAST_SLOT] != slot + 1) {
            heads[head + LAST_SLOT] = slot + 1;
            addSlot(variable, slot);
        }
        if (RaceEngine.writes(kind)) {
            int writer = heads[head + SOLE_WRITER];
            heads[head + SOLE_WRITER] = writer == 0 || writer == slot + 1 ? slot + 1 : SEVERAL;
            heads[head + LAST_WRITE] = stamp;
        }
        if (heads[head + ACCESSES] == 0) {
            heads[head + COMMON_LOCKS] = locks;
        } else if (heads[head + COMMON_LOCKS] != locks) {
            heads[head + COMMON_LOCKS] = lockSets.common(heads[head + COMMON_LOCKS], locks);
        }
        heads[head + ACCESSES]++;
    }

    private void addSlot(int variable, int slot) {
        int sole = heads[variable * HEAD + SOLE_SLOT];
        if (sole == 0) {
            heads[variable * HEAD + SOLE_SLOT] = slot + 1;
        } else if (sole != slot + 1) {
            BitSet slots = slotsOf[variable];
            if (slots == null) {
                slots = new BitSet();
                slots.set(sole - 1);
                slotsOf[variable] = slots;
                heads[variable * HEAD + SOLE_SLOT] = SEVERAL;
            }
            slots.set(slot);
        }
    }

    /** {@return whether several slots accessed a variable, and one wrote it} */
    boolean isShared(int variable) {
        return slotsOf[variable] != null && heads[variable * HEAD + SOLE_WRITER] != 0;
    }

    /** {@return how many slots accessed a variable that is shared} */
    int slots(int variable) {
        BitSet slots = slotsOf[variable];
        return slots == null ? 0 : slots.cardinality();
    }

    int accesses(int variable) {
        return heads[variable * HEAD + ACCESSES];
    }

    /** {@return the locks that were held at every access of a variable so far} */
    int commonLocks(int variable) {
        return heads[variable * HEAD + COMMON_LOCKS];
    }
}
