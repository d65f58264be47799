package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.RaceStream;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Adds an execution in the std format to a log: a task a thread, edges from what its operations mean. */
final class StdLog {
    private static final int BATCH = 1024 * RaceStream.INTS;

    private final StdReader reader;
    private final EventLogBuilder log;
    private final int trace;
    private final Map<Integer, Integer> tasks = new HashMap<>();
    private final Map<Integer, Integer> lastEvents = new HashMap<>();
    private final Map<Integer, Integer> forks = new HashMap<>();
    private final Map<Integer, Integer> releases = new HashMap<>();

    private StdLog(InputStream in, EventLogBuilder log) {
        reader = new StdReader(in);
        this.log = log;
        trace = log.trace("");
    }

    static void read(InputStream in, EventLogBuilder log) throws IOException {
        new StdLog(in, log).read();
    }

    private void read() throws IOException {
        int[] batch = new int[BATCH];
        for (int n = reader.read(batch); n > 0; n = reader.read(batch)) {
            for (int i = 0; i < n; i += RaceStream.INTS) {
                int operation = batch[i] & 7;
                if (operation != RaceStream.NOTHING) {
                    add(operation, batch[i] >>> 3, batch[i + 1], batch[i + 2]);
                }
            }
        }
        reader.diagnostics().forEach(log::diagnose);
    }

    private void add(int operation, int thread, int target, int site) {
        int task = tasks.computeIfAbsent(thread, t -> log.task(trace, "", reader.thread(t)));
        int event = log.event(task, kind(operation), subject(operation, target));
        log.thread(event, reader.thread(thread));
        log.site(event, reader.site(site));
        Integer fork = forks.remove(thread);
        if (fork != null) {
            if (lastEvents.containsKey(thread)) {
                log.causes(fork, event);
            } else {
                log.origin(task, fork, Link.FORK);
            }
        }
        lastEvents.put(thread, event);
        switch (operation) {
            case RaceStream.FORK -> forks.put(target, event);
            case RaceStream.JOIN -> {
                Integer end = lastEvents.getOrDefault(target, forks.get(target));
                if (end != null && target != thread) {
                    log.causes(end, event);
                }
            }
            case RaceStream.RELEASE -> releases.put(target, event);
            case RaceStream.ACQUIRE -> {
                Integer release = releases.get(target);
                if (release != null) {
                    log.precedes(release, event);
                }
            }
            default -> {
                // orders nothing
            }
        }
    }

    private static EventKind kind(int operation) {
        return switch (operation) {
            case RaceStream.READ -> EventKind.READ;
            case RaceStream.WRITE -> EventKind.WRITE;
            case RaceStream.ACQUIRE -> EventKind.ACQUIRE;
            case RaceStream.RELEASE -> EventKind.RELEASE;
            case RaceStream.FORK -> EventKind.FORK;
            case RaceStream.JOIN -> EventKind.JOIN;
            default -> EventKind.CUSTOM;
        };
    }

    private String subject(int operation, int target) {
        return switch (operation) {
            case RaceStream.READ, RaceStream.WRITE -> reader.variable(target);
            case RaceStream.ACQUIRE, RaceStream.RELEASE -> reader.lock(target);
            case RaceStream.FORK, RaceStream.JOIN -> reader.thread(target);
            default -> "";
        };
    }
}
