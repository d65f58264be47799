package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import io.clockwork.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Locks taken in both orders in real traces: each pair is a deadlock, or causality keeps its tasks apart. */
class DeadlockTracesTest {
    private static final Pattern EXPECTED =
            Pattern.compile("\"lockOrderInversions\"\\s*:\\s*(\\d+).*?\"file\"\\s*:\\s*\"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("T?([^|]+)\\|(\\w+)(?:\\((.*)\\))?\\|(.*)");

    @Test
    void everyPairOfLocksTakenInBothOrdersIsADeadlockUnlessCausalityForbidsIt() throws IOException {
        for (Path folder : SharedData.traceFolders("one event per line: thread|op")) {
            Matcher expected = EXPECTED.matcher(Files.readString(folder.resolve("INDEX.json")));
            int checked = 0;
            while (expected.find()) {
                check(folder.resolve(expected.group(2)), Integer.parseInt(expected.group(1)));
                checked++;
            }
            assertThat(checked).isPositive();
            SharedData.printTally(folder, checked, checked);
        }
    }

    private static void check(Path file, int inversions) throws IOException {
        EventLog log = read(file);
        Map<Set<String>, List<int[]>> pairs = inversions(log);
        assertThat(pairs).as(file.toString()).hasSize(inversions);
        Set<Set<String>> reported = new HashSet<>();
        for (Deadlock deadlock : DeadlockDetector.run(log).deadlocks()) {
            if (deadlock.sides().size() == 2) {
                reported.add(Set.of(
                        deadlock.sides().get(0).lock(), deadlock.sides().get(1).lock()));
            }
        }
        assertThat(pairs.keySet()).containsAll(reported);
        CausalGraph graph = CausalGraph.of(log);
        pairs.forEach((locks, requests) -> {
            boolean canMeet = requests.stream()
                    .anyMatch(pair -> !graph.causes(pair[0], pair[1]) && !graph.causes(pair[1], pair[0]));
            assertThat(reported.contains(locks)).as(file + " " + locks).isEqualTo(canMeet);
        });
    }

    /** {@return by pair of locks the pairs of requests by which two tasks take them in opposite orders} */
    private static Map<Set<String>, List<int[]>> inversions(EventLog log) {
        Map<Set<String>, List<int[]>> pairs = new HashMap<>();
        Map<Integer, List<String>> held = new HashMap<>();
        Map<String, List<Request>> requests = new HashMap<>();
        for (int e = 0; e < log.size(); e++) {
            List<String> locks = held.computeIfAbsent(log.task(e), t -> new ArrayList<>());
            if (log.kind(e) == EventKind.RELEASE) {
                locks.remove(log.subject(e));
            } else if (log.kind(e) == EventKind.ACQUIRE && !locks.contains(log.subject(e))) {
                for (String outer : locks) {
                    Request request = new Request(e, log.task(e), Set.copyOf(locks));
                    for (Request other : requests.getOrDefault(log.subject(e) + '|' + outer, List.of())) {
                        Set<String> common = new HashSet<>(other.held);
                        common.retainAll(request.held);
                        if (other.task != request.task && common.isEmpty()) {
                            pairs.computeIfAbsent(Set.of(outer, log.subject(e)), s -> new ArrayList<>())
                                    .add(new int[] {other.event, e});
                        }
                    }
                    requests.computeIfAbsent(outer + '|' + log.subject(e), s -> new ArrayList<>())
                            .add(request);
                }
                locks.add(log.subject(e));
            }
        }
        return pairs;
    }

    private record Request(int event, int task, Set<String> held) {}

    private static EventLog read(Path file) throws IOException {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace(file.toString());
        Map<String, Integer> tasks = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> released = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(SharedData.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    continue;
                }
                String thread = parts.group(1);
                String operand = parts.group(3) == null ? "" : parts.group(3);
                int task = tasks.computeIfAbsent(thread, name -> builder.task(trace, "s", name));
                EventKind kind = kind(parts.group(2));
                int event = builder.event(task, kind, operand);
                builder.site(event, parts.group(4));
                last.put(thread, event);
                String other = operand.startsWith("T") ? operand.substring(1) : operand;
                if (kind == EventKind.FORK) {
                    builder.origin(
                            tasks.computeIfAbsent(other, name -> builder.task(trace, "s", name)), event, Link.FORK);
                } else if (kind == EventKind.JOIN && last.containsKey(other)) {
                    builder.causes(last.get(other), event);
                } else if (kind == EventKind.RELEASE) {
                    released.put(operand, event);
                } else if (kind == EventKind.ACQUIRE && released.containsKey(operand)) {
                    builder.precedes(released.get(operand), event);
                }
            }
        }
        return builder.build();
    }

    private static EventKind kind(String operation) {
        return switch (operation) {
            case "r" -> EventKind.READ;
            case "w" -> EventKind.WRITE;
            case "acq" -> EventKind.ACQUIRE;
            case "rel" -> EventKind.RELEASE;
            case "fork" -> EventKind.FORK;
            case "join" -> EventKind.JOIN;
            default -> EventKind.CUSTOM;
        };
    }
}
