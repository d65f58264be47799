package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.AtomicityViolation.Kind;
import io.clockwork.analysis.LockProgram.Runs;
import io.clockwork.analysis.LockProgram.State;
import io.clockwork.analysis.LockProgram.Step;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** What is found in one run, held against all runs, and against all pairs of blocks. */
class AtomicityOracleTest {
    @Property(tries = 2000)
    void splitUpdatesAreThoseThatSomeRunSplits(@ForAll long seed, @ForAll @IntRange(min = 8, max = 26) int length) {
        LockProgram program = new LockProgram(seed, length, 3);
        CausalGraph graph = CausalGraph.of(program.log);
        Set<String> certain = new HashSet<>();
        Set<String> reported = new HashSet<>();
        for (AtomicityViolation violation :
                AtomicityDetector.run(program.log, graph).violations()) {
            if (violation.kind() != Kind.NOT_SERIALIZABLE) {
                int remote = violation.between().get(0).event();
                String key = key(
                        program.log,
                        violation.first().event(),
                        remote,
                        violation.last().event());
                reported.add(key);
                if (violation.verdict() == Verdict.CERTAIN) {
                    certain.add(key);
                }
            }
        }
        List<BitSet> before = closure(program);
        Set<String> inThisRunsOrder = new HashSet<>();
        Set<String> inSomeRun = new HashSet<>();
        for (int[] triple : triples(program)) {
            if (!before.get(triple[0]).get(triple[1]) && !before.get(triple[1]).get(triple[2])) {
                inThisRunsOrder.add(key(program.log, triple[0], triple[1], triple[2]));
            }
        }
        program.explore(Runs.ALL, state -> {
            for (int[] triple : triples(program)) {
                if (isBetween(program, state, triple[0], triple[2]) && isNext(program, state, triple[1])) {
                    inSomeRun.add(key(program.log, triple[0], triple[1], triple[2]));
                }
            }
        });
        assertThat(certain).isEqualTo(inThisRunsOrder);
        assertThat(reported).containsAll(inSomeRun);
        Statistics.label("splits")
                .collect(reported.isEmpty() ? "none" : certain.containsAll(reported) ? "certain" : "possible");
        Statistics.label("splits").coverage(coverage -> {
            coverage.check("possible").percentage(share -> share > 0.5);
            coverage.check("certain").percentage(share -> share > 3);
        });
    }

    private static boolean isBetween(LockProgram program, State state, int read, int write) {
        Step first = program.steps.get(read);
        List<Step> task = program.tasks.get(first.task());
        int done = state.counts().get(first.task());
        return done > task.indexOf(first) && done <= task.indexOf(program.steps.get(write));
    }

    private static boolean isNext(LockProgram program, State state, int event) {
        Step step = program.steps.get(event);
        return step.equals(program.next(state, step.task())) && program.canStep(state, step.task(), Runs.ALL);
    }

    /** {@return reads, remote writes and the writes that follow the reads in their task} */
    private static List<int[]> triples(LockProgram program) {
        List<int[]> triples = new ArrayList<>();
        for (List<Step> task : program.tasks) {
            for (int w = 0; w < task.size(); w++) {
                int read = writes(task.get(w)) ? readBefore(task, w) : -1;
                for (Step remote : program.steps) {
                    boolean same = remote.subject() == task.get(w).subject()
                            && remote.task() != task.get(w).task();
                    if (read >= 0 && same && writes(remote)) {
                        triples.add(
                                new int[] {read, remote.number(), task.get(w).number()});
                    }
                }
            }
        }
        return triples;
    }

    private static int readBefore(List<Step> task, int write) {
        for (int i = write - 1; i >= 0; i--) {
            if (task.get(i).subject() == task.get(write).subject()
                    && task.get(write).subject() >= 100) {
                return writes(task.get(i)) ? -1 : task.get(i).number();
            }
        }
        return -1;
    }

    private static boolean writes(Step step) {
        return step.kind() == EventKind.WRITE || step.kind() == EventKind.ATOMIC_WRITE;
    }

    private static String key(EventLog log, int read, int remote, int write) {
        return log.subject(read) + ' ' + log.site(read) + ' ' + log.site(remote) + ' ' + log.site(write);
    }

    /** {@return for each event itself and all before it, by the edges of the log} */
    private static List<BitSet> closure(LockProgram program) {
        EventColumns columns = program.log.columns();
        List<BitSet> before = new ArrayList<>();
        int[] last = new int[program.tasks.size()];
        Arrays.fill(last, -1);
        for (int e = 0; e < program.log.size(); e++) {
            BitSet past = new BitSet();
            past.set(e);
            int task = columns.tasks[e];
            if (last[task] >= 0) {
                past.or(before.get(last[task]));
            }
            for (int k = columns.edgeStarts[e]; k < columns.edgeStarts[e + 1]; k++) {
                past.or(before.get(columns.edgeFrom[k]));
            }
            before.add(past);
            last[task] = e;
        }
        return before;
    }

    @Property(tries = 2000)
    void blocksAreNotSerializableIfTheyAreInACycle(@ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int length) {
        Random random = new Random(seed);
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("blocks");
        int tasks = 2 + random.nextInt(3);
        for (int t = 0; t < tasks; t++) {
            builder.task(trace, "s", "task " + t);
        }
        int[] open = new int[tasks];
        int blocks = 0;
        List<int[]> accesses = new ArrayList<>(); // event, task, variable, write, node
        for (int i = 0; i < length; i++) {
            int task = random.nextInt(tasks);
            int what = random.nextInt(6);
            if (what == 0 && open[task] == 0) {
                open[task] = ++blocks;
                builder.event(task, EventKind.BEGIN, "block " + blocks);
            } else if (what == 1 && open[task] > 0) {
                closeBlock(accesses, open, task);
                builder.event(task, EventKind.END, "");
            } else if (what > 1) {
                int variable = random.nextInt(3);
                boolean write = random.nextBoolean();
                int event = builder.event(task, write ? EventKind.WRITE : EventKind.READ, "x" + variable);
                accesses.add(new int[] {event, task, variable, write ? 1 : 0, open[task] > 0 ? -open[task] : 0});
            }
        }
        BlockConflicts conflicts = BlockConflicts.of(builder.build().columns());
        Set<String> violated = new HashSet<>();
        Set<String> interrupted = new HashSet<>();
        BitSet nodes = conflicts.violated();
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            violated.add(conflicts.name(conflicts.block(node)));
            List<Integer> cycle = conflicts.cycle(node);
            if (!cycle.isEmpty()) {
                interrupted.add(conflicts.name(conflicts.block(node)));
                assertThat(cycle).hasSizeGreaterThan(2);
                assertThat(cycle.get(0)).isLessThan(cycle.get(cycle.size() - 1));
            }
        }
        Set<String> expected = inCycles(accesses, blocks);
        assertThat(violated).isEqualTo(expected);
        assertThat(interrupted).isEqualTo(interrupted(accesses, blocks));
        assertThat(interrupted.isEmpty()).isEqualTo(violated.isEmpty());
        Statistics.label("blocks").collect(expected.isEmpty() ? "serializable" : "not serializable");
        Statistics.label("blocks").coverage(coverage -> {
            coverage.check("serializable").percentage(share -> share > 10);
            coverage.check("not serializable").percentage(share -> share > 10);
        });
    }

    /** Accesses of blocks that ended have the block's number; those of open ones stay apart. */
    private static void closeBlock(List<int[]> accesses, int[] open, int task) {
        for (int[] access : accesses) {
            access[4] = access[4] == -open[task] ? open[task] : access[4];
        }
        open[task] = 0;
    }

    private static Set<String> inCycles(List<int[]> accesses, int blocks) {
        int[] nodes = nodes(accesses, blocks);
        boolean[][] reach = reach(accesses, nodes, blocks + 1 + nodes.length, -1);
        Set<String> inCycles = new HashSet<>();
        for (int block = 1; block <= blocks; block++) {
            if (reach[block][block]) {
                inCycles.add("block " + block);
            }
        }
        return inCycles;
    }

    /** {@return the blocks that others come back to, later than where they got there from, not through the block itself} */
    private static Set<String> interrupted(List<int[]> accesses, int blocks) {
        int[] nodes = nodes(accesses, blocks);
        Set<String> interrupted = new HashSet<>();
        for (int block = 1; block <= blocks; block++) {
            boolean[][] reach = reach(accesses, nodes, blocks + 1 + nodes.length, block);
            for (int p = 0; p < nodes.length; p++) {
                for (int c = p + 1; c < nodes.length && nodes[p] == block; c++) {
                    if (nodes[c] == block && comesBack(accesses, nodes, reach, p, c)) {
                        interrupted.add("block " + block);
                    }
                }
            }
        }
        return interrupted;
    }

    private static boolean comesBack(List<int[]> accesses, int[] nodes, boolean[][] reach, int p, int c) {
        for (int r = p + 1; r < nodes.length; r++) {
            for (int s = 0; s < c && isNext(accesses, p, r); s++) {
                if (isNext(accesses, s, c) && (nodes[r] == nodes[s] || reach[nodes[r]][nodes[s]])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean conflict(int[] a, int[] b) {
        return a[1] != b[1] && a[2] == b[2] && a[3] + b[3] > 0;
    }

    /** {@return whether two accesses conflict and no write of the variable comes between them} */
    private static boolean isNext(List<int[]> accesses, int a, int b) {
        int[] first = accesses.get(a);
        return a < b
                && conflict(first, accesses.get(b))
                && accesses.subList(a + 1, b).stream().noneMatch(other -> other[2] == first[2] && other[3] > 0);
    }

    private static int[] nodes(List<int[]> accesses, int blocks) {
        int[] nodes = new int[accesses.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = accesses.get(i)[4] > 0 ? accesses.get(i)[4] : blocks + 1 + i;
        }
        return nodes;
    }

    private static boolean[][] reach(List<int[]> accesses, int[] nodes, int count, int without) {
        boolean[][] reach = new boolean[count][count];
        for (int i = 0; i < nodes.length; i++) {
            for (int j = i + 1; j < nodes.length; j++) {
                int[] a = accesses.get(i);
                int[] b = accesses.get(j);
                boolean conflict = without < 0 ? conflict(a, b) : isNext(accesses, i, j);
                boolean edge = (a[1] == b[1] || conflict) && nodes[i] != nodes[j];
                reach[nodes[i]][nodes[j]] |= edge && nodes[i] != without && nodes[j] != without;
            }
        }
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count && reach[i][k]; j++) {
                    reach[i][j] |= reach[k][j];
                }
            }
        }
        return reach;
    }
}
