package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReleaseChainsTest {
    /** Events of random tasks that release and acquire; the oracle gives each acquire an edge from the whole chain. */
    private static final class Program {
        final EventLogBuilder log = EventLog.builder();
        final List<BitSet> past = new ArrayList<>();

        Program(long seed, int length) {
            Random random = new Random(seed);
            int trace = log.trace("t");
            int tasks = 1 + random.nextInt(5);
            // The reader of recordings enters the events task by task; whole runs are cut into tasks here.
            List<List<int[]>> ofTask = new ArrayList<>();
            for (int t = 0; t < tasks; t++) {
                log.task(trace, "s", "task " + t);
                ofTask.add(new ArrayList<>());
            }
            int[] lastOfTask = new int[tasks];
            Arrays.fill(lastOfTask, -1);
            List<Integer> chain = new ArrayList<>();
            int base = -1;
            for (int i = 0; i < length; i++) {
                int task = random.nextInt(tasks);
                int step = random.nextInt(12);
                BitSet mine = new BitSet();
                int event = log.event(task, step < 6 ? EventKind.RELEASE_PERMITS : EventKind.ACQUIRE_PERMITS, "x");
                if (lastOfTask[task] >= 0) {
                    mine.or(past.get(lastOfTask[task]));
                    mine.set(lastOfTask[task]);
                }
                lastOfTask[task] = event;
                if (step < 6) {
                    ofTask.get(task).add(new int[] {
                        event, chain.isEmpty() ? base : chain.get(chain.size() - 1), 1, chain.size()
                    });
                    chain.add(event);
                } else if (step < 11 && !chain.isEmpty()) {
                    ofTask.get(task).add(new int[] {event, chain.get(chain.size() - 1), 0, 1});
                    for (int release : chain) {
                        mine.or(past.get(release));
                        mine.set(release);
                    }
                    if (base >= 0) {
                        mine.or(past.get(base));
                        mine.set(base);
                    }
                } else if (step == 11) {
                    chain.clear();
                    base = random.nextBoolean() ? event : -1;
                }
                past.add(mine);
            }
            ReleaseChains chains = new ReleaseChains(log);
            for (List<int[]> events : ofTask) {
                for (int[] event : events) {
                    if (event[2] == 0) {
                        chains.acquire(event[0], event[1]);
                    } else if (event[3] == 0) {
                        chains.firstRelease(event[0], event[1]);
                    } else {
                        chains.release(event[0], event[1]);
                    }
                }
            }
            chains.addEdges();
        }
    }

    @Property(tries = 1000)
    void orderAsEdgesFromEveryReleaseWould(@ForAll long seed, @ForAll @IntRange(max = 60) int length) {
        Program program = new Program(seed, length);
        EventLogBuilder log = program.log;
        List<BitSet> past = new ArrayList<>();
        int[] last = new int[8];
        Arrays.fill(last, -1);
        for (int e = 0; e < log.size(); e++) {
            BitSet mine = new BitSet();
            int task = log.tasks.get(e);
            if (last[task] >= 0) {
                mine.or(past.get(last[task]));
                mine.set(last[task]);
            }
            last[task] = e;
            for (int k = 0; k < log.edgeTo.size(); k++) {
                if (log.edgeTo.get(k) == e) {
                    mine.or(past.get(log.edgeFrom.get(k)));
                    mine.set(log.edgeFrom.get(k));
                }
            }
            past.add(mine);
        }
        assertThat(past).isEqualTo(program.past);
    }

    @Test
    void giveEachTaskOneEdgeOnly() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("t");
        int producer = log.task(trace, "s", "producer");
        int consumer = log.task(trace, "s", "consumer");
        ReleaseChains chains = new ReleaseChains(log);
        int release = log.event(producer, EventKind.RELEASE_PERMITS, "x");
        chains.firstRelease(release, -1);
        for (int i = 0; i < 10_000; i++) {
            int next = log.event(producer, EventKind.RELEASE_PERMITS, "x");
            chains.release(next, release);
            release = next;
        }
        for (int i = 0; i < 10_000; i++) {
            chains.acquire(log.event(consumer, EventKind.ACQUIRE_PERMITS, "x"), release);
        }
        chains.addEdges();
        assertThat(log.edgeTo.size()).isEqualTo(1);
    }

    @Test
    void endWhereTheyAreBroken() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("t");
        int[] events = new int[4];
        ReleaseChains chains = new ReleaseChains(log);
        for (int i = 0; i < events.length; i++) {
            events[i] = log.event(log.task(trace, "s", "task " + i), EventKind.COUNT_DOWN, "x");
        }
        chains.release(events[0], events[1]);
        chains.release(events[1], events[0]);
        chains.acquire(events[2], events[1]);
        chains.acquire(events[3], events[0]);
        chains.addEdges();
        assertThat(log.edgeTo.size()).isZero();
    }
}
