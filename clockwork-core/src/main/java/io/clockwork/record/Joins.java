package io.clockwork.record;

/** What it means that a task waited for the end of another one. */
final class Joins {
    private Joins() {}

    /** @param again whether it may have been said before, perhaps many times */
    static void join(Recorder recorder, ThreadContext context, Task task, boolean again) {
        Task current = context.running();
        boolean first = task != current && task.tryEnd();
        if (!first && (task == current || !task.isJoined())) {
            if (task == current || again) {
                recorder.countMisuse();
                return;
            }
            recorder.misuse("task \"" + task.name + "\" was joined before its end; join it when its work has returned");
        }
        long end = task.isJoined() ? task.lastDot() : Dot.NONE;
        int name = recorder.nameNumber(task.name);
        if (current == null) {
            if (end != Dot.NONE) {
                context.joinLater(name, end);
            }
        } else if (!again || first || (task.lastJoiner != current.id && !current.knows(task))) {
            if (end != Dot.NONE) {
                current.learn(task, first);
                task.lastJoiner = current.id;
            }
            context.record(EventKind.JOIN, name, recorder.siteNumber(), end, ValueType.CAUSE, null);
        }
    }
}
