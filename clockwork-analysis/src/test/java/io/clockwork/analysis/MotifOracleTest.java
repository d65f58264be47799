package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compares the motifs that are found with those that trying everything gives. */
class MotifOracleTest {
    @Property(tries = 300)
    void requestsAreThoseOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 4) int tasks,
            @ForAll @IntRange(min = 2, max = 5) int rarity) {
        Tried tried = new Tried(seed, 40, tasks, rarity);
        assertThat(tried.motifs.requestResponses(5, 2)).isEqualTo(tried.requests(5, 2));
    }

    @Property(tries = 200)
    void fansAreThoseOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 6) int tasks,
            @ForAll @IntRange(min = 1, max = 3) int minTasks,
            @ForAll @IntRange(min = 1, max = 3) int maxGap) {
        Tried tried = new Tried(seed, 60, tasks, 3);
        assertThat(tried.motifs.broadcasts(minTasks, maxGap)).isEqualTo(tried.fans(false, minTasks, maxGap));
        assertThat(tried.motifs.gathers(minTasks, maxGap)).isEqualTo(tried.fans(true, minTasks, maxGap));
    }

    @Property(tries = 300)
    void matchesAreThoseOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 4) int tasks,
            @ForAll @IntRange(min = 0, max = 4) int which) {
        String ends = List.of("xyyx", "xyxz", "xyzyyx", "xy", "xyyzzx").get(which);
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < ends.length(); i += 2) {
            messages.add(ends.charAt(i) + " -> " + ends.charAt(i + 1));
        }
        Tried tried = new Tried(seed, 30, tasks, 3);
        assertThat(tried.motifs.find(MotifPattern.of(String.join(", ", messages))))
                .isEqualTo(tried.matches(ends));
    }

    /** A log with its motifs by trying all combinations of events or messages. */
    private static final class Tried {
        final EventLog log;
        final Motifs motifs;
        private final ReducedGraph graph;
        /** Sender and receiver of each message. */
        private final List<int[]> messages = new ArrayList<>();

        Tried(long seed, int length, int tasks, int rarity) {
            log = new MessageLog(seed, length, tasks, rarity).log;
            motifs = Motifs.of(log);
            graph = motifs.graph();
            for (int e = 0; e < log.size(); e++) {
                for (int k = 0; k < graph.effectCount(e); k++) {
                    messages.add(new int[] {e, graph.effect(e, k)});
                }
            }
        }

        List<Motif> requests(int maxWait, int maxWork) {
            List<Motif> found = new ArrayList<>();
            Set<Integer> taken = new HashSet<>();
            List<int[]> byTask = new ArrayList<>(messages);
            byTask.sort(Comparator.comparingInt(message -> log.task(message[0])));
            for (int[] first : byTask) {
                for (int[] second : messages) {
                    Set<Integer> events = new TreeSet<>(List.of(first[0], second[1]));
                    int[] work = eventsOf(log.task(first[1]), first[1], second[0]);
                    Arrays.stream(work).forEach(events::add);
                    boolean fits = log.task(first[0]) == log.task(second[1])
                            && log.task(first[1]) == log.task(second[0])
                            && work.length > 0
                            && work.length - 1 <= maxWork
                            && log.sequence(second[1]) - log.sequence(first[0]) <= maxWait
                            && hasEdges(first[0], 0, 1)
                            && hasEdges(second[1], 1, 0);
                    for (int event : work) {
                        fits &= hasEdges(event, event == first[1] ? 1 : 0, event == second[0] ? 1 : 0);
                    }
                    if (fits && events.stream().noneMatch(taken::contains)) {
                        taken.addAll(events);
                        found.add(new Motif(
                                List.of(log.task(first[0]), log.task(first[1])),
                                Stream.of(first[0], first[1], second[0], second[1])
                                        .distinct()
                                        .toList()));
                    }
                }
            }
            found.sort(Comparator.comparingInt(motif -> motif.events().get(0)));
            return found;
        }

        private boolean hasEdges(int event, int causes, int effects) {
            return graph.causeCount(event) == causes && graph.effectCount(event) == effects;
        }

        private int[] eventsOf(int task, int from, int to) {
            return IntStream.rangeClosed(from, to)
                    .filter(e -> log.task(e) == task)
                    .toArray();
        }

        /** Of each task, goes from the first sender on to the longest run that is a fan, and behind it. */
        List<Motif> fans(boolean gather, int minTasks, int maxGap) {
            List<Motif> found = new ArrayList<>();
            for (int task = 0; task < log.taskCount(); task++) {
                int[] events = eventsOf(task, 0, log.size() - 1);
                for (int from = 0; from < events.length; from++) {
                    for (int to = events.length - 1; to >= from; to--) {
                        int[] run = Arrays.copyOfRange(events, from, to + 1);
                        if (isFan(run, gather, maxGap) && others(run, gather).size() >= minTasks) {
                            found.add(fan(task, run, gather));
                            from = to;
                        }
                    }
                }
            }
            found.sort(Comparator.comparingInt(motif -> motif.events().get(0)));
            return found;
        }

        private boolean isFan(int[] run, boolean gather, int maxGap) {
            int last = -1;
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < run.length; i++) {
                boolean end = gather ? i == run.length - 1 : i == 0;
                if (!end && !ends(run[i], !gather).isEmpty()) {
                    return false;
                }
                List<Integer> ends = ends(run[i], gather);
                if (ends.isEmpty() && (i == 0 || i == run.length - 1)) {
                    return false;
                }
                if (!ends.isEmpty()) {
                    boolean isNew = ends.stream().map(log::task).anyMatch(task -> !seen.contains(task));
                    if (!isNew || (last >= 0 && i - last > maxGap)) {
                        return false;
                    }
                    ends.forEach(e -> seen.add(log.task(e)));
                    last = i;
                }
            }
            return true;
        }

        private Set<Integer> others(int[] run, boolean gather) {
            Set<Integer> tasks = new LinkedHashSet<>();
            for (int event : run) {
                ends(event, gather).forEach(e -> tasks.add(log.task(e)));
            }
            return tasks;
        }

        private Motif fan(int task, int[] run, boolean gather) {
            Set<Integer> tasks = new LinkedHashSet<>(List.of(task));
            tasks.addAll(others(run, gather));
            Set<Integer> events = new TreeSet<>();
            for (int event : run) {
                List<Integer> ends = ends(event, gather);
                events.addAll(ends);
                if (!ends.isEmpty()) {
                    events.add(event);
                }
            }
            return new Motif(List.copyOf(tasks), List.copyOf(events));
        }

        /** {@return the events at the other ends of what an event received, or sent} */
        private List<Integer> ends(int event, boolean received) {
            return messages.stream()
                    .filter(message -> message[received ? 1 : 0] == event)
                    .map(message -> message[received ? 0 : 1])
                    .sorted()
                    .toList();
        }

        List<Motif> matches(String ends) {
            List<Motif> found = new ArrayList<>();
            Set<Integer> taken = new HashSet<>();
            for (int first = 0; first < messages.size(); first++) {
                List<List<Integer>> chosen = List.of(List.of(first));
                for (int i = 2; i < ends.length(); i += 2) {
                    List<List<Integer>> longer = new ArrayList<>();
                    for (List<Integer> some : chosen) {
                        for (int m = 0; m < messages.size(); m++) {
                            List<Integer> more =
                                    Stream.concat(some.stream(), Stream.of(m)).toList();
                            if (isMatch(more, ends)) {
                                longer.add(more);
                            }
                        }
                    }
                    chosen = longer;
                }
                for (List<Integer> match : chosen) {
                    if (isMatch(match, ends) && match.stream().noneMatch(taken::contains)) {
                        taken.addAll(match);
                        found.add(match(match, ends));
                    }
                }
            }
            return found;
        }

        /** {@return whether messages have the hosts of the first ones of a pattern, and follow each other at each host} */
        private boolean isMatch(List<Integer> match, String ends) {
            String hosts = hosts(ends);
            int[] tasks = new int[hosts.length()];
            Arrays.fill(tasks, -1);
            List<List<Integer>> turns = new ArrayList<>();
            hosts.chars().forEach(host -> turns.add(new ArrayList<>()));
            for (int i = 0; i < match.size(); i++) {
                for (int end = 0; end < 2; end++) {
                    int host = hosts.indexOf(ends.charAt(2 * i + end));
                    int task = log.task(messages.get(match.get(i))[end]);
                    if (tasks[host] >= 0 && tasks[host] != task) {
                        return false;
                    }
                    tasks[host] = task;
                    turns.get(host).add(turnsOf(task).indexOf(List.of(match.get(i), end)));
                }
            }
            for (List<Integer> turn : turns) {
                for (int i = 1; i < turn.size(); i++) {
                    if (turn.get(i) != turn.get(i - 1) + 1) {
                        return false;
                    }
                }
            }
            long bound = Arrays.stream(tasks).filter(task -> task >= 0).count();
            return Arrays.stream(tasks).filter(task -> task >= 0).distinct().count() == bound;
        }

        /** {@return message and end of all that a task sends and receives, in order} */
        private List<List<Integer>> turnsOf(int task) {
            List<List<Integer>> turns = new ArrayList<>();
            for (int event : eventsOf(task, 0, log.size() - 1)) {
                for (int end = 1; end >= 0; end--) {
                    for (int m = 0; m < messages.size(); m++) {
                        if (messages.get(m)[end] == event) {
                            turns.add(List.of(m, end));
                        }
                    }
                }
            }
            return turns;
        }

        private Motif match(List<Integer> match, String ends) {
            String hosts = hosts(ends);
            Integer[] tasks = new Integer[hosts.length()];
            Set<Integer> events = new TreeSet<>();
            for (int i = 0; i < match.size(); i++) {
                for (int end = 0; end < 2; end++) {
                    int event = messages.get(match.get(i))[end];
                    events.add(event);
                    tasks[hosts.indexOf(ends.charAt(2 * i + end))] = log.task(event);
                }
            }
            return new Motif(List.of(tasks), List.copyOf(events));
        }

        private static String hosts(String ends) {
            StringBuilder hosts = new StringBuilder();
            ends.chars().distinct().forEach(host -> hosts.append((char) host));
            return hosts.toString();
        }
    }
}
