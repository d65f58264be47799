package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
    private final EventLogBuilder builder = EventLog.builder();
    private final int trace = builder.trace("t");

    /** {@return the begin event of a span; a parent of -1 is none} */
    private int span(int parent, String service, SpanKind kind, long start, long end) {
        int task = builder.task(trace, service, service + " " + kind + " " + builder.size());
        builder.spanKind(task, kind);
        int begin = builder.event(task, EventKind.BEGIN, kind.name());
        builder.nanos(begin, start);
        builder.nanos(builder.event(task, EventKind.END, kind.name()), end);
        if (parent >= 0) {
            builder.origin(task, parent, Link.CALL);
        }
        return begin;
    }

    private static List<String> sections(CriticalPath path) {
        return path.sections().stream()
                .map(section -> section.service() + " " + section.startNanos() + ".." + section.endNanos())
                .toList();
    }

    @Test
    void movesTheServerIntoTheCallThatItAnswers() {
        int call = span(-1, "web", SpanKind.CLIENT, 100, 200);
        int server = span(call, "stock", SpanKind.SERVER, 1100, 1140);
        span(server, "stock", SpanKind.INTERNAL, 1110, 1120);
        EventLog log = builder.build();
        CriticalPath clipped = CriticalPath.response(log).get(0);
        assertThat(sections(clipped)).containsExactly("web 100..200");
        assertThat(clipped.warnings()).singleElement().asString().startsWith("DROPPED: 1 ");
        CriticalPath shifted = CriticalPath.response(log, ClockSkew.SHIFT).get(0);
        assertThat(sections(shifted))
                .containsExactly("web 100..130", "stock 130..140", "stock 140..150", "stock 150..170", "web 170..200");
        assertThat(shifted.warnings())
                .containsExactly("SHIFTED: 2 operations moved in time, as the clocks of services differ");
    }

    @Test
    void cutsAServerThatIsLongerThanItsCall() {
        int call = span(-1, "web", SpanKind.CLIENT, 100, 200);
        span(call, "stock", SpanKind.SERVER, 1000, 1150);
        CriticalPath path =
                CriticalPath.response(builder.build(), ClockSkew.SHIFT).get(0);
        assertThat(sections(path)).containsExactly("stock 100..200");
        assertThat(path.warnings()).hasSize(2);
    }

    @Test
    void leavesWhatIsInsideAndWhatIsNoAnswerWhereItIs() {
        int root = span(-1, "web", SpanKind.SERVER, 0, 100);
        int call = span(root, "web", SpanKind.CLIENT, 10, 90);
        span(call, "stock", SpanKind.SERVER, 20, 30);
        span(root, "pay", SpanKind.SERVER, 200, 300);
        EventLog log = builder.build();
        assertThat(CriticalPath.response(log, ClockSkew.SHIFT)).isEqualTo(CriticalPath.response(log));
    }

    /** With clocks that are all far apart, and ways there as long as those back, nothing of the skew is left. */
    @Property(tries = 200)
    void givesThePathThatThereWouldBeWithOneClock(@ForAll long seed) {
        CriticalPath skewed =
                CriticalPath.response(calls(seed, 1_000_000), ClockSkew.SHIFT).get(0);
        CriticalPath exact = CriticalPath.response(calls(seed, 0)).get(0);
        assertThat(sections(skewed)).isEqualTo(sections(exact));
    }

    /** {@return calls of services that each have a clock of their own} */
    private static EventLog calls(long seed, long skew) {
        Random random = new Random(seed);
        ClockSkewTest test = new ClockSkewTest();
        int root = test.span(-1, "s0", SpanKind.SERVER, 0, 10_000);
        test.call(random, root, 0, 0, 10_000, skew, 1);
        return test.builder.build();
    }

    private int services = 1;

    /** Adds calls below the span of a service from {@code from} to {@code to} of the true time. */
    private void call(Random random, int parent, int service, long from, long to, long skew, int depth) {
        long at = from + random.nextInt(20);
        while (to - at > 60 && depth < 5 && services < 40) {
            long end = at + 40 + random.nextInt((int) (to - at - 40));
            long way = 1L + random.nextInt(10);
            int client = span(parent, "s" + service, SpanKind.CLIENT, at + service * skew, end + service * skew);
            int callee = services++;
            int server =
                    span(client, "s" + callee, SpanKind.SERVER, at + way + callee * skew, end - way + callee * skew);
            call(random, server, callee, at + way, end - way, skew, depth + 1);
            at = end + random.nextInt(20);
        }
    }
}
