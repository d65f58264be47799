package io.clockwork.analysis.junit;

import java.util.concurrent.atomic.AtomicBoolean;

/** The schedules of one test, which may run at a time. */
final class Schedules {
    private final CausalTest test;
    private final long first;
    private final long count;
    private final Pages pages;
    private final AtomicBoolean failed = new AtomicBoolean();

    Schedules(CausalTest test, long first, long count, Pages pages) {
        this.test = test;
        this.first = first;
        this.count = count;
        this.pages = pages;
    }

    CausalTest test() {
        return test;
    }

    Pages pages() {
        return pages;
    }

    boolean hasFailed() {
        return failed.get();
    }

    /** {@return whether this is the first one that failed: the page is its} */
    boolean fail() {
        return failed.compareAndSet(false, true);
    }

    String displayName(long seed) {
        return count == 1 && seed == 0 ? "recorded" : "seed " + seed;
    }

    /** {@return which schedule it was and how to run it again; empty where nothing was to be chosen} */
    String again(long seed) {
        if (count == 1 && seed == 0) {
            return "";
        }
        String which = count == 1 ? "" : ", schedule " + (seed - first + 1) + " of " + count;
        return "Seed " + seed + which + ". Again with the same delays: @CausalTest(seed = " + seed
                + ") or -Dclockwork.seed=" + seed + '\n';
    }
}
