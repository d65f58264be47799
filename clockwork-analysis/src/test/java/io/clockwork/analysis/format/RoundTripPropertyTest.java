package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of writing and reading over generated logs. */
class RoundTripPropertyTest {
    private static final String[] TEXTS = {
        "get",
        "a b",
        "\"quoted\" \\ back",
        "<script>",
        "line\nbreak",
        "=== x ===",
        "end",
        "é→\uD83D\uDE00",
        "%%{init}%%",
        ";#",
        ""
    };
    private static final EventKind[] KINDS = {
        EventKind.CUSTOM,
        EventKind.READ,
        EventKind.WRITE,
        EventKind.ACQUIRE,
        EventKind.RELEASE,
        EventKind.JOIN,
        EventKind.RELEASE_SHARED,
        EventKind.BEGIN,
        EventKind.END,
        EventKind.QUERY,
        EventKind.ATOMIC_READ
    };

    @Property(tries = 200)
    void spansAreTheSameThroughEveryFormOfSpans(@ForAll long seed) {
        EventLog log = spans(new Random(seed), false);
        for (OutputFormat format : List.of(OutputFormat.JAEGER, OutputFormat.OTLP, OutputFormat.ZIPKIN)) {
            assertThat(Logs.spans(Logs.throughFile(log, format), true))
                    .as("%s", format)
                    .isEqualTo(Logs.spans(log, true));
        }
    }

    @Property(tries = 200)
    void spansWithLinksAreTheSameThroughTheFormsThatHoldThem(@ForAll long seed) {
        EventLog log = spans(new Random(seed), true);
        for (OutputFormat format : List.of(OutputFormat.JAEGER, OutputFormat.OTLP)) {
            EventLog back = Logs.throughFile(log, format);
            assertThat(Logs.spans(back, true)).as("%s", format).isEqualTo(Logs.spans(log, true));
            assertThat(Logs.moments(back)).as("%s", format).isEqualTo(Logs.moments(log));
        }
    }

    @Property(tries = 300)
    void spansKeepWhatIsKnownOfThemInRecordedLines(@ForAll long seed) {
        EventLog log = spans(new Random(seed), false);
        EventLog back = Logs.throughFile(log, OutputFormat.EVENTS);
        assertThat(Logs.traits(back)).isEqualTo(Logs.traits(log));
        assertThat(Logs.spans(Logs.throughFile(back, OutputFormat.EVENTS), false))
                .isEqualTo(Logs.spans(back, false));
    }

    @Property(tries = 200)
    void aLogWithVectorClocksHasTheOrderOfTheLog(@ForAll long seed) {
        EventLog log = events(new Random(seed));
        List<List<String>> expected = new ArrayList<>();
        List<List<String>> actual = new ArrayList<>();
        shape(log, expected);
        shape(Logs.throughFile(log, OutputFormat.SHIVIZ), actual);
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void shape(EventLog log, List<List<String>> shapes) {
        CausalGraph.of(log).orders().forEach(order -> {
            if (order.events() > 0) {
                shapes.add(List.of(order.events() + " " + order.concurrentPairs() + " " + order.longestChain()));
            }
        });
    }

    @Property(tries = 300)
    void recordedLinesOrderAllEventsAsTheLogDoes(@ForAll long seed) {
        EventLog log = events(new Random(seed));
        EventLog back = Logs.throughFile(log, OutputFormat.EVENTS);
        Map<String, Integer> expected = byName(log);
        Map<String, Integer> actual = byName(back);
        assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        CausalGraph before = CausalGraph.of(log);
        CausalGraph after = CausalGraph.of(back);
        expected.forEach((a, first) -> expected.forEach((b, second) -> {
            int x = actual.get(a);
            int y = actual.get(b);
            assertThat(after.causes(x, y)).as("%s causes %s", a, b).isEqualTo(before.causes(first, second));
            assertThat(after.happensBefore(x, y))
                    .as("%s before %s", a, b)
                    .isEqualTo(before.happensBefore(first, second));
        }));
    }

    @Property(tries = 200)
    void writingTwiceGivesTheSameBytes(@ForAll long seed) {
        for (OutputFormat format : OutputFormat.values()) {
            assertThat(Logs.written(events(new Random(seed)), format))
                    .isEqualTo(Logs.written(events(new Random(seed)), format));
        }
    }

    @Property(tries = 100)
    void recordedLinesAreAFixedPointAfterTheFirstTime(@ForAll long seed) {
        EventLog once = Logs.throughFile(events(new Random(seed)), OutputFormat.EVENTS);
        EventLog twice = Logs.throughFile(once, OutputFormat.EVENTS);
        assertThat(twice.taskCount()).isEqualTo(once.taskCount());
        assertThat(names(twice)).containsExactlyInAnyOrderElementsOf(names(once));
    }

    private static List<String> names(EventLog log) {
        List<String> names = new ArrayList<>();
        for (int trace = 0; trace < log.traceCount(); trace++) {
            names.add(log.traceName(trace));
        }
        return names;
    }

    /** {@return events that the log itself tells apart by their names} */
    private static Map<String, Integer> byName(EventLog log) {
        Map<String, Integer> events = new LinkedHashMap<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.subject(e).startsWith("#")) {
                String subject = log.subject(e).replaceAll(" \\(s\\d( 2)?\\)$", "");
                int task = log.task(e);
                String name = log.traceName(log.trace(task)) + "/" + log.service(task) + "/" + log.taskName(task) + " "
                        + log.kind(e) + " " + subject + " " + log.thread(e) + " " + log.site(e) + " " + log.nanos(e);
                assertThat(events.put(name + " " + log.value(e), e)).isNull();
            }
        }
        return events;
    }

    private static EventLog spans(Random random, boolean links) {
        EventLogBuilder log = EventLog.builder();
        List<Integer> begins = new ArrayList<>();
        Map<Integer, SpanKind> kinds = new LinkedHashMap<>();
        for (int t = 1 + random.nextInt(2); t > 0; t--) {
            int trace = log.trace("0af7651916cd43dd8448eb211c80319" + t);
            int first = begins.size();
            for (int s = 1 + random.nextInt(6); s > 0; s--) {
                String id = random.nextBoolean() ? String.format("00000000000000%d%d", t, s) : "span " + s;
                int task = log.task(trace, "s" + random.nextInt(2), id);
                int begin = log.event(task, EventKind.BEGIN, TEXTS[random.nextInt(TEXTS.length - 1)]);
                long start = 1_000_000L + random.nextInt(50) * 1_000L;
                log.nanos(begin, start);
                long end = start + random.nextInt(20) * 1_000L;
                long moment = start;
                while (random.nextInt(3) == 0) {
                    moment = Math.min(end, moment + random.nextInt(5) * 1_000L);
                    boolean error = random.nextInt(4) == 0;
                    int event = log.event(
                            task, error ? EventKind.ERROR : EventKind.CUSTOM, TEXTS[random.nextInt(TEXTS.length - 1)]);
                    log.nanos(event, moment);
                    if (error && random.nextBoolean()) {
                        log.value(event, TEXTS[random.nextInt(TEXTS.length - 1)]);
                    }
                }
                log.nanos(log.event(task, EventKind.END, "x"), end);
                SpanKind kind = SpanKind.UNKNOWN;
                if (random.nextBoolean()) {
                    kind = SpanKind.values()[random.nextInt(SpanKind.values().length)];
                    log.spanKind(task, kind);
                    log.peer(task, "peer");
                    log.status(task, 200 + random.nextInt(300));
                }
                if (random.nextInt(4) == 0) {
                    log.error(task);
                }
                boolean orphan = random.nextInt(8) == 0;
                if (orphan) {
                    log.missingParent(task, "00000000000000ff");
                }
                if (begins.size() > first && !orphan) {
                    int parent = begins.get(first + random.nextInt(begins.size() - first));
                    boolean message = kind == SpanKind.CONSUMER && kinds.get(parent) == SpanKind.PRODUCER;
                    Link link = random.nextBoolean() ? Link.CALL : Link.FOLLOWS;
                    log.origin(task, parent, message ? Link.MESSAGE : link);
                    if (links && random.nextInt(3) == 0) {
                        int cause = begins.get(first + random.nextInt(begins.size() - first));
                        if (cause != parent) {
                            log.causes(cause, begin);
                        }
                    }
                }
                begins.add(begin);
                kinds.put(begin, kind);
            }
        }
        return log.build();
    }

    private static EventLog events(Random random) {
        EventLogBuilder log = EventLog.builder();
        List<Integer> tasks = new ArrayList<>();
        List<Integer> traceOf = new ArrayList<>();
        int traces = 1 + random.nextInt(2);
        for (int t = 0; t < traces; t++) {
            int trace = log.trace("trace " + t);
            for (int k = 1 + random.nextInt(3); k > 0; k--) {
                tasks.add(log.task(trace, "s" + random.nextInt(2), "task" + tasks.size()));
                traceOf.add(trace);
            }
        }
        int[] lastOf = new int[tasks.size()];
        Arrays.fill(lastOf, -1);
        int[] traceOfEvent = new int[40];
        int count = 1 + random.nextInt(20);
        boolean threads = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            int t = random.nextInt(tasks.size());
            int event = log.event(
                    tasks.get(t), KINDS[random.nextInt(KINDS.length)], "#" + i + TEXTS[random.nextInt(TEXTS.length)]);
            traceOfEvent[event] = traceOf.get(t);
            log.nanos(event, 1_000 + i);
            if (threads) {
                log.thread(event, "thread " + random.nextInt(2));
            }
            if (random.nextInt(3) == 0) {
                log.site(event, random.nextBoolean() ? "Bank.java:7" : "a.Bank.run");
            }
            if (random.nextInt(3) == 0) {
                log.value(event, random.nextBoolean() ? (Object) 7 : 1.5);
            }
            if (lastOf[t] < 0 && event > 0 && random.nextBoolean()) {
                int from = random.nextInt(event);
                if (traceOfEvent[from] == traceOfEvent[event]) {
                    Link[] links = {Link.CALL, Link.FORK, Link.MESSAGE};
                    log.origin(tasks.get(t), from, links[random.nextInt(links.length)]);
                }
            }
            for (int k = random.nextInt(3); k > 0 && event > 0; k--) {
                int from = random.nextInt(event);
                if (traceOfEvent[from] == traceOfEvent[event] && random.nextBoolean()) {
                    log.causes(from, event);
                }
            }
            lastOf[t] = event;
        }
        return log.build();
    }
}
