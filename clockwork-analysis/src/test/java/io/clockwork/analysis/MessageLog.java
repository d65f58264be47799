package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** A random log of tasks that send messages, and its order worked out by brute force. */
final class MessageLog {
    final EventLog log;
    /** Per event the events of other tasks that it has a message from, some of them more than once. */
    final List<List<Integer>> messages = new ArrayList<>();
    /** Per event all that happened before it. */
    final List<BitSet> before = new ArrayList<>();

    /** Makes {@code length} events of {@code tasks} tasks; one in {@code rarity} has a message, and then perhaps more. */
    MessageLog(long seed, int length, int tasks, int rarity) {
        Random random = new Random(seed);
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        for (int t = 0; t < tasks; t++) {
            builder.task(trace, "s" + t % 2, "task" + t);
        }
        int[] last = new int[tasks];
        int[] taskOf = new int[length];
        for (int e = 0; e < length; e++) {
            int task = random.nextInt(tasks);
            taskOf[e] = task;
            builder.event(task, EventKind.CUSTOM, "text" + random.nextInt(3));
            BitSet past = new BitSet();
            if (last[task] > 0) {
                past.or(before.get(last[task] - 1));
                past.set(last[task] - 1);
            }
            List<Integer> from = new ArrayList<>();
            while (e > 0 && random.nextInt(rarity) == 0) {
                int source = Math.max(0, e - 1 - random.nextInt(random.nextBoolean() ? 4 : e));
                if (taskOf[source] != task) {
                    from.add(source);
                    past.or(before.get(source));
                    past.set(source);
                    builder.causes(source, e);
                }
            }
            messages.add(from);
            before.add(past);
            last[task] = e + 1;
        }
        log = builder.build();
    }

    /** {@return the sources of the messages to an event that no other way leads along} */
    List<Integer> reduced(int event) {
        return messages.get(event).stream()
                .distinct()
                .sorted()
                .filter(from -> before.get(event).stream()
                        .noneMatch(between ->
                                between != from && before.get(between).get(from)))
                .toList();
    }
}
