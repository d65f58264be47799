package io.clockwork.analysis;

import java.util.Arrays;
import java.util.List;

/**
 * Which slot of the clocks each thread has: a thread that was joined leaves its slot to a later one that follows from its
 * end, in every schedule.
 */
final class ThreadSlots {
    private static final int MAX_SLOTS = 1 << 15;
    /** Of so many ended threads all is known if they turn up again after their slots were taken. */
    private static final int MAX_ENDS = 1 << 8;

    /** In place of a slot: the thread had no event yet. Less: it was joined, and its slot is -2 minus that. */
    private static final int NONE = -1;

    private final RaceEngine engine;

    private int[] slotOf = new int[16];
    private boolean[] begun = new boolean[16];
    /** The capture of the end of a thread whose slot was taken, plus one. */
    private int[] endOf = new int[16];

    /** The threads of which the end is captured, in a ring. */
    private final int[] ends = new int[MAX_ENDS];

    private final int[] endCaptures = new int[MAX_ENDS];

    private int endCount;
    private int threads;
    private int begunThreads;

    private int slots;
    private int[] ownerOf = new int[16];
    /** Slots whose owners were joined, the earliest first. */
    private final IntColumn freeSlots = new IntColumn();

    private int joinsOfSilentThread;
    private int forksOfRunningThread;
    private int eventsAfterJoin;

    ThreadSlots(RaceEngine engine) {
        this.engine = engine;
        Arrays.fill(slotOf, NONE);
    }

    /** {@return the slot of a thread that has an event now} */
    int slot(int thread, int stamp) {
        int slot = thread < slotOf.length ? slotOf[thread] : NONE;
        return slot >= 0 && begun[thread] ? slot : begin(thread, stamp);
    }

    private void thread(int thread) {
        if (thread >= threads) {
            threads = thread + 1;
            int size = slotOf.length;
            if (threads > size) {
                slotOf = Arrays.copyOf(slotOf, Math.max(threads, size * 2));
                Arrays.fill(slotOf, size, slotOf.length, NONE);
                begun = Arrays.copyOf(begun, slotOf.length);
                endOf = Arrays.copyOf(endOf, slotOf.length);
            }
        }
    }

    /** {@return the slot of a thread that has its first event now, or its first one after it was joined} */
    private int begin(int thread, int stamp) {
        thread(thread);
        if (!begun[thread]) {
            begun[thread] = true;
            begunThreads++;
        }
        if (slotOf[thread] == NONE) {
            slotOf[thread] = newSlot(thread, stamp);
        } else if (slotOf[thread] < NONE) {
            eventsAfterJoin++;
            revive(thread, -2 - slotOf[thread], stamp);
        }
        return slotOf[thread];
    }

    /** A thread goes on that was said to have ended: on its slot, or if that is taken, after its end on a new one. */
    private void revive(int thread, int slot, int stamp) {
        if (ownerOf[slot] != thread) {
            slotOf[thread] = newSlot(thread, stamp);
            if (endOf[thread] > 0) {
                engine.follow(slotOf[thread], endOf[thread] - 1, false);
            }
            return;
        }
        for (int i = 0; i < freeSlots.size(); i++) {
            if (freeSlots.get(i) == slot) {
                freeSlots.removeAt(i);
                break;
            }
        }
        slotOf[thread] = slot;
    }

    private int newSlot(int thread, int stamp) {
        if (slots == MAX_SLOTS) {
            throw new IllegalStateException("more than " + MAX_SLOTS + " threads run at a time, at event " + stamp
                    + ": join threads that have ended, so that others may take their place");
        }
        int slot = slots++;
        engine.slot(slot);
        if (slot == ownerOf.length) {
            ownerOf = Arrays.copyOf(ownerOf, slot * 2);
        }
        ownerOf[slot] = thread;
        return slot;
    }

    /** Enters that {@code parent}, a slot, starts {@code child}, a thread. */
    void fork(int parent, int child, int stamp) {
        thread(child);
        if (begun[child]) {
            forksOfRunningThread++;
        }
        if (slotOf[child] < NONE) {
            eventsAfterJoin++;
            revive(child, -2 - slotOf[child], stamp);
        }
        if (slotOf[child] == NONE) {
            slotOf[child] = freeSlot(parent, child, stamp);
        }
        engine.cause(parent, slotOf[child], stamp);
    }

    /** {@return a slot of a thread whose end the parent is known to follow in every schedule, or a new one} */
    private int freeSlot(int parent, int child, int stamp) {
        for (int i = 0; i < freeSlots.size(); i++) {
            int slot = freeSlots.get(i);
            if (engine.causality.knows(parent, slot, engine.lastSent(slot))) {
                freeSlots.removeAt(i);
                keepEnd(ownerOf[slot], slot);
                ownerOf[slot] = child;
                return slot;
            }
        }
        return newSlot(child, stamp);
    }

    private void keepEnd(int thread, int slot) {
        int at = endCount++ & MAX_ENDS - 1;
        if (endCount > MAX_ENDS) {
            engine.forget(endCaptures[at]);
            if (endOf[ends[at]] == endCaptures[at] + 1) {
                endOf[ends[at]] = 0;
            }
        }
        ends[at] = thread;
        endCaptures[at] = engine.capture(slot, engine.lastSent(slot));
        endOf[thread] = endCaptures[at] + 1;
    }

    /** Enters that {@code parent}, a slot, has waited for the end of {@code child}, a thread. */
    void join(int parent, int child, int stamp) {
        thread(child);
        int slot = slotOf[child];
        if (!begun[child]) {
            joinsOfSilentThread++;
        }
        if (slot == NONE) {
            return;
        }
        if (slot < NONE) {
            slot = -2 - slot;
            if (ownerOf[slot] != child) {
                if (endOf[child] > 0) {
                    engine.follow(parent, endOf[child] - 1, false);
                }
                return;
            }
        }
        if (slot == parent) {
            return;
        }
        engine.cause(slot, parent, stamp);
        if (slotOf[child] >= 0) {
            freeSlots.add(slot);
            slotOf[child] = -2 - slot;
        }
    }

    /** {@return how many threads had events} */
    int begun() {
        return begunThreads;
    }

    int slots() {
        return slots;
    }

    void diagnose(List<Diagnostic> found) {
        RaceStream.diagnose(found, "JOIN_OF_SILENT_THREAD", joinsOfSilentThread, "joins of a thread without events");
        RaceStream.diagnose(
                found, "FORK_OF_RUNNING_THREAD", forksOfRunningThread, "forks of a thread that had events before");
        RaceStream.diagnose(found, "EVENT_AFTER_JOIN", eventsAfterJoin, "times a thread went on after it was joined");
    }
}
