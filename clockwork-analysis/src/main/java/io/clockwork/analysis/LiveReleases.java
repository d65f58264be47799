package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Edges from releases that are not ordered with each other, such as those of readers, to the acquires that follow all of
 * them, as they come. What {@link ReleaseChains} does for a whole log.
 */
final class LiveReleases {
    private final LiveColumns log;
    private final Map<Integer, Release> releases = new HashMap<>();
    /** For a task and a subject, the release that the last acquire followed: that far all is known. */
    private final Map<Long, Release> followed = new HashMap<>();

    private static final class Release {
        final int event;
        final int task;
        /** The release of the same chain that was entered before it. */
        final @Nullable Release previous;
        /** What the first release of a chain follows, or -1. */
        final int base;
        /** All up to this one is known to who did this one. */
        final @Nullable Release known;

        Release(int event, int task, @Nullable Release previous, int base, @Nullable Release known) {
            this.event = event;
            this.task = task;
            this.previous = previous;
            this.base = base;
            this.known = known;
        }
    }

    LiveReleases(LiveColumns log) {
        this.log = log;
    }

    static boolean isChained(EventKind kind) {
        return switch (kind) {
            case RELEASE_SHARED, RELEASE_PERMITS, COUNT_DOWN -> true;
            default -> false;
        };
    }

    /** Enters a release, which names {@code cause}, or nothing if that is -1. */
    void release(int event, int cause) {
        Release previous = cause < 0 || !isOfOne(cause, event) ? null : releases.get(cause);
        int base = previous == null ? cause : -1;
        releases.put(event, new Release(event, log.tasks[event], previous, base, followed.get(key(event))));
    }

    /** Adds the edges to an acquire, the last event, which names {@code cause}; returns whether that is such a release. */
    boolean acquire(int event, int cause) {
        Release last = cause < 0 || !isOfOne(cause, event) ? null : releases.get(cause);
        if (last == null) {
            return false;
        }
        int task = log.tasks[event];
        Set<Release> covered = new HashSet<>();
        Set<Integer> tasks = new HashSet<>();
        Release own = followed.put(key(event), last);
        if (own != null) {
            covered.add(own);
        }
        for (Release release = last; release != null && !covered.contains(release); release = release.previous) {
            if (tasks.add(release.task) && release.task != task) {
                log.edge(release.event, true);
            }
            if (release.known != null) {
                covered.add(release.known);
            }
            if (release.base >= 0 && log.tasks[release.base] != task) {
                log.edge(release.base, true);
            }
        }
        return true;
    }

    private boolean isOfOne(int a, int b) {
        return log.subjects[a] == log.subjects[b];
    }

    private long key(int event) {
        return (long) log.tasks[event] << 32 | log.subjects[event];
    }
}
