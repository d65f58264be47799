package io.clockwork.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was going on in the task at each event: the locks that it held, its operation, and what it had read before. */
final class AccessContexts {
    private static final int PENDING_READ = 2;

    final HeldLocks held;
    private final EventColumns log;
    private final IntColumn lockSetOf = new IntColumn();
    /** For a write, the last read of the variable by the same task since its write before; otherwise -1. */
    private final IntColumn readBefore = new IntColumn();

    /** The innermost operation at an event; 0 for none. */
    private final IntColumn operationOf = new IntColumn();

    private @Nullable IntColumn[] openOperations = new IntColumn[16];
    /** For a variable and a task the last read since the task's last write, plus one. */
    private final IntRecords accessors = new IntRecords();
    /** Of tasks that have several numbers; mostly empty. */
    private final LongIntMap firstNumbers = new LongIntMap();

    AccessContexts(EventColumns log) {
        this.log = log;
        held = new HeldLocks(log);
    }

    /** Passes the next event. */
    void advance(int event) {
        int task = log.tasks[event];
        lockSetOf.add(held.advance(event));
        readBefore.add(-1);
        IntColumn open = task < openOperations.length ? openOperations[task] : null;
        operationOf.add(open == null || open.isEmpty() ? 0 : open.last());
        switch (log.kind(event)) {
            case BEGIN -> {
                if (open == null) {
                    open = new IntColumn();
                    operations(task, open);
                }
                open.add(log.subjects[event]);
            }
            case END -> {
                if (open != null && !open.isEmpty()) {
                    open.removeLast();
                }
            }
            default -> {
                // changes no operation
            }
        }
    }

    /** Says that {@code task} is another one that goes on under a new number. */
    void goOn(int other, int task) {
        held.goOn(other, task);
        operations(task, other < openOperations.length ? openOperations[other] : null);
        firstNumbers.put(task, firstNumbers.getOrDefault(other, other));
    }

    private void operations(int task, @Nullable IntColumn open) {
        if (task >= openOperations.length) {
            openOperations = Arrays.copyOf(openOperations, Math.max(task + 1, openOperations.length * 2));
        }
        openOperations[task] = open;
    }

    /** Enters who reads or writes a variable. */
    void access(int event, int task, RaceVariable variable, boolean writes) {
        if (variable.lastTask != task || variable.accesses == 0) {
            int known = accessors.size();
            variable.lastTask = task;
            variable.lastAccessor = accessors.find(variable.name, firstNumbers.getOrDefault(task, task));
            variable.tasks += variable.lastAccessor == known ? 1 : 0;
        }
        int at = (variable.lastAccessor << IntRecords.SHIFT) + PENDING_READ;
        if (writes) {
            readBefore.set(event, accessors.items[at] - 1);
            accessors.items[at] = 0;
        } else {
            accessors.items[at] = event + 1;
        }
    }

    /** {@return the read of the same task that a write follows, or -1} */
    int readBefore(int write) {
        return readBefore.get(write);
    }

    int lockSet(int event) {
        return lockSetOf.get(event);
    }

    int operation(int event) {
        return operationOf.get(event);
    }
}
