package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/** What is done before an event is recorded, where anything is: its place is looked for, the task is held up. */
final class Prelude {
    private final Recorder recorder;
    private final @Nullable CallSites callSites;
    private final @Nullable Perturbation perturbation;

    private Prelude(Recorder recorder, @Nullable CallSites callSites, @Nullable Perturbation perturbation) {
        this.recorder = recorder;
        this.callSites = callSites;
        this.perturbation = perturbation;
    }

    /** {@return what is done, or null: recording then asks one null check, and nothing else} */
    static @Nullable Prelude of(Recorder recorder, boolean captureSites, @Nullable Perturbation perturbation) {
        return captureSites || perturbation != null
                ? new Prelude(recorder, captureSites ? new CallSites() : null, perturbation)
                : null;
    }

    void holdUp() {
        if (perturbation != null) {
            Task task = recorder.context.running();
            if (task != null) {
                perturbation.before(task);
            }
        }
    }

    /** Holds the current task up, and returns the number of the place where it records; 0 where that is not looked for. */
    int siteNumber() {
        holdUp();
        Site site = callSites == null ? null : callSites.caller();
        return site == null ? 0 : recorder.siteNumber(site);
    }
}
