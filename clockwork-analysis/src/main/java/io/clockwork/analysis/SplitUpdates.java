package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds reads and writes of one variable by one task, with nothing of its own in between, that another task's write can
 * split: the triple read, remote write, write is equivalent to no serial order.
 *
 * <p>Each such update is held against the last write of every other chain at each site under each set of locks, and each
 * write against such updates: if one of that chain can come in between, the last one can. O(n·k) for k such entries a
 * variable, of which {@value #MAX_ENTRIES} are kept.
 *
 * @see <a href="https://doi.org/10.1145/1168857.1168864">S. Lu, J. Tucek, F. Qin, Y. Zhou, <i>AVIO: Detecting Atomicity
 *     Violations via Access Interleaving Invariants</i>, ASPLOS 2006, Table 1</a>
 */
final class SplitUpdates {
    private static final int MAX_ENTRIES = 64;

    private final EventColumns log;
    private final CausalGraph graph;
    private final Slots slots;
    private final HeldLocks held;
    /** The last acquire of a lock by a thread. */
    private final LongIntMap acquires = new LongIntMap();

    /** By variable and task the last read since the task's last write, or -1. */
    private final LongIntMap reads = new LongIntMap();

    private final @Nullable Variable[] variables;
    private final Map<Key, Split> splits = new LinkedHashMap<>();
    private int dropped;

    /** What makes two splits one finding. */
    record Key(int variable, int readSite, int writeSite, int remoteSite) {}

    /** The best example of a split so far. */
    static final class Split {
        boolean certain;
        int read;
        int write;
        int remote;
        /** Whether the remote write is the second half of an update too. */
        boolean remoteUpdates;

        int count;
    }

    /** The last write, or update, of one chain at one site under one set of locks. */
    private static final class Entry {
        int slot;
        int site;
        int readSite;
        int set;
        int read = -1;
        int write;
        boolean updates;

        boolean isLike(Entry other) {
            return slot == other.slot && site == other.site && set == other.set && readSite == other.readSite;
        }

        void replaceBy(Entry other) {
            slot = other.slot;
            site = other.site;
            readSite = other.readSite;
            set = other.set;
            read = other.read;
            write = other.write;
            updates = other.updates;
        }
    }

    private static final class Variable {
        final List<Entry> writes = new ArrayList<>();
        final List<Entry> updates = new ArrayList<>();
        /** The exclusive holds under which all writes and updates so far were. */
        int @Nullable [] guards;
        /** The set that was last taken into account for the guards. */
        int guardSet = -1;
    }

    private SplitUpdates(EventColumns log, CausalGraph graph) {
        this.log = log;
        this.graph = graph;
        slots = graph.slots();
        held = new HeldLocks(log);
        variables = new Variable[log.names.size()];
    }

    static SplitUpdates of(EventLog log, CausalGraph graph) {
        SplitUpdates updates = new SplitUpdates(log.columns(), graph);
        updates.run();
        return updates;
    }

    Map<Key, Split> splits() {
        return splits;
    }

    /** {@return how often an entry was given up so that the next one had room} */
    int dropped() {
        return dropped;
    }

    private void run() {
        for (int e = 0; e < log.kinds.length; e++) {
            int set = held.advance(e);
            EventKind kind = log.kind(e);
            switch (kind) {
                case ACQUIRE -> acquires.put(key(e, log.subjects[e] << 1 | 1), e);
                case ACQUIRE_SHARED -> acquires.put(key(e, log.subjects[e] << 1), e);
                case READ, ATOMIC_READ -> reads.put(readKey(e), e);
                case WRITE, ATOMIC_WRITE, ATOMIC_UPDATE -> write(e, kind, set, variable(e));
                default -> {
                    // neither reads nor writes
                }
            }
        }
    }

    private Variable variable(int event) {
        Variable variable = variables[log.subjects[event]];
        if (variable == null) {
            variable = new Variable();
            variables[log.subjects[event]] = variable;
        }
        return variable;
    }

    private long readKey(int event) {
        return (long) log.subjects[event] << 32 | log.tasks[event];
    }

    private long key(int event, int hold) {
        return (long) held.thread(event) << 32 | hold;
    }

    private void write(int event, EventKind kind, int set, Variable variable) {
        int read = reads.getOrDefault(readKey(event), -1);
        if (read >= 0) {
            reads.put(readKey(event), -1);
        }
        Entry write = new Entry();
        write.slot = slots.ofTask[log.tasks[event]];
        write.site = log.sites[event];
        write.set = set;
        write.write = event;
        write.updates = read >= 0 || kind == EventKind.ATOMIC_UPDATE;
        // One that reads and writes at once sees by itself whether another one came first.
        boolean update = read >= 0 && kind != EventKind.ATOMIC_UPDATE;
        int throughout = update ? heldSince(read, event, set) : set;
        guard(variable, throughout);
        boolean guarded = variable.guards != null && variable.guards.length > 0;
        if (!guarded) {
            for (Entry updated : variable.updates) {
                if (updated.slot != write.slot && !held.exclude(updated.set, set)) {
                    check(updated, write, !graph.happensBefore(updated.write, event), updated.write, event);
                }
            }
        }
        if (update) {
            Entry own = new Entry();
            own.replaceBy(write);
            own.set = throughout;
            own.read = read;
            own.readSite = log.sites[read];
            for (Entry remote : guarded ? List.<Entry>of() : variable.writes) {
                if (remote.slot != own.slot && !held.exclude(throughout, remote.set)) {
                    check(own, remote, !graph.happensBefore(remote.write, read), remote.write, read);
                }
            }
            keep(variable.updates, own);
        }
        keep(variable.writes, write);
    }

    /** {@return the number of the set of holds that the task had from one event to the other without a break} */
    private int heldSince(int read, int event, int set) {
        if (set == 0 || held.thread(read) != held.thread(event)) {
            return 0;
        }
        int[] holds = held.holds(set);
        int kept = 0;
        for (int hold : holds) {
            kept += acquires.getOrDefault(key(event, hold), read) < read ? 1 : 0;
        }
        if (kept == holds.length) {
            return set;
        }
        return held.numberOf(Arrays.stream(holds)
                .filter(hold -> acquires.getOrDefault(key(event, hold), read) < read)
                .toArray());
    }

    private void guard(Variable variable, int set) {
        if (variable.guardSet == set) {
            return;
        }
        variable.guardSet = set;
        int[] exclusive = variable.guards;
        if (exclusive == null) {
            variable.guards = Arrays.stream(held.holds(set))
                    .filter(hold -> (hold & 1) == 1)
                    .toArray();
        } else if (exclusive.length > 0) {
            variable.guards = HeldLocks.common(exclusive, held.holds(set));
        }
    }

    /** A remote write can come in between unless {@code earlier}, its near end, is known to come before {@code later}. */
    private void check(Entry update, Entry remote, boolean certain, int earlier, int later) {
        if (!certain && graph.causes(earlier, later)) {
            return;
        }
        Key key = new Key(log.subjects[update.write], update.readSite, update.site, remote.site);
        Split split = splits.computeIfAbsent(key, k -> new Split());
        if (split.count++ == 0 || (certain && !split.certain)) {
            split.certain = certain;
            split.read = update.read;
            split.write = update.write;
            split.remote = remote.write;
            split.remoteUpdates = remote.updates;
        }
    }

    private void keep(List<Entry> entries, Entry entry) {
        Entry oldest = entry;
        for (Entry kept : entries) {
            if (kept.isLike(entry)) {
                kept.replaceBy(entry);
                return;
            }
            oldest = kept.write < oldest.write ? kept : oldest;
        }
        if (entries.size() < MAX_ENTRIES) {
            entries.add(entry);
        } else {
            dropped++;
            oldest.replaceBy(entry);
        }
    }
}
