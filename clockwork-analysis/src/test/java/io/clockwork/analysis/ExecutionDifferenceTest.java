package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.analysis.ExecutionDifference.Event;
import io.clockwork.analysis.ExecutionDifference.Order;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExecutionDifferenceTest {
    /** A log of tasks that are hosts: words are {@code host:text}, or {@code host:text<n} after the n-th word from 0. */
    private static EventLog log(String... words) {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        List<String> hosts = new ArrayList<>();
        List<Integer> events = new ArrayList<>();
        for (String word : words) {
            String host = word.substring(0, word.indexOf(':'));
            int cause = word.indexOf('<');
            String text = word.substring(host.length() + 1, cause < 0 ? word.length() : cause);
            if (!hosts.contains(host)) {
                hosts.add(host);
                builder.task(trace, host, host);
            }
            events.add(builder.event(hosts.indexOf(host), EventKind.CUSTOM, text));
            if (cause >= 0) {
                int from = events.get(Integer.parseInt(word.substring(cause + 1)));
                builder.causes(from, events.get(events.size() - 1));
            }
        }
        return builder.build();
    }

    @Test
    void namesHostsAndEventsThatOnlyOneHas() {
        ExecutionDifference difference = ExecutionDifference.of(
                log("a:send", "b:receive<0", "b:store"), log("a:send", "b:receive<0", "b:store", "b:store", "c:late"));
        assertThat(difference.hostsOnlyBefore()).isEmpty();
        assertThat(difference.hostsOnlyAfter()).containsExactly("c");
        assertThat(difference.onlyBefore()).isEmpty();
        assertThat(difference.onlyAfter())
                .containsExactly(new Event(3, "b", "store", false), new Event(4, "c", "late", true));
        assertThat(difference.ordersOnlyBefore()).isEmpty();
        assertThat(difference.ordersOnlyAfter()).isEmpty();
        assertThat(difference.isEmpty()).isFalse();
    }

    @Test
    void tellsWhatIsInAnotherOrder() {
        ExecutionDifference difference = ExecutionDifference.of(
                log("a:check", "a:send", "b:receive<1", "b:store"), log("a:send", "a:check", "b:store", "b:receive"));
        assertThat(difference.onlyBefore()).isEmpty();
        assertThat(difference.ordersOnlyBefore())
                .containsExactly(
                        new Order(0, 1, CausalityRelation.HAPPENS_AFTER),
                        new Order(1, 2, CausalityRelation.CONCURRENT),
                        new Order(2, 3, CausalityRelation.HAPPENS_AFTER));
        assertThat(difference.ordersOnlyAfter())
                .containsExactly(
                        new Order(0, 1, CausalityRelation.HAPPENS_AFTER),
                        new Order(2, 3, CausalityRelation.HAPPENS_AFTER));
    }

    @Test
    void comparesTheExecutionsOfOneLog() {
        EventLogBuilder builder = EventLog.builder();
        for (int i = 0; i < 2; i++) {
            int trace = builder.trace("execution " + i);
            builder.event(builder.task(trace, "web", "request"), EventKind.WRITE, "x");
            builder.event(builder.task(trace, "web", "request"), EventKind.WRITE, i == 0 ? "x" : "y");
        }
        List<EventLog> executions = builder.build().byTrace();
        ExecutionDifference difference = ExecutionDifference.of(executions.get(0), executions.get(1));
        assertThat(difference.onlyBefore()).containsExactly(new Event(1, "web/request#2", "WRITE x", true));
        assertThat(difference.onlyAfter()).containsExactly(new Event(1, "web/request#2", "WRITE y", true));
        assertThat(difference.hostsOnlyBefore()).isEmpty();
    }

    @Property(tries = 300)
    void isTheOtherWayRoundFromTheOtherSide(
            @ForAll long one, @ForAll long two, @ForAll @IntRange(max = 40) int length) {
        EventLog a = new MessageLog(one, length, 3, 3).log;
        EventLog b = new MessageLog(two, length, 3, 3).log;
        ExecutionDifference there = ExecutionDifference.of(a, b);
        ExecutionDifference back = ExecutionDifference.of(b, a);
        assertThat(back.hostsOnlyBefore()).isEqualTo(there.hostsOnlyAfter());
        assertThat(back.hostsOnlyAfter()).isEqualTo(there.hostsOnlyBefore());
        assertThat(back.onlyBefore()).isEqualTo(there.onlyAfter());
        assertThat(back.onlyAfter()).isEqualTo(there.onlyBefore());
        assertThat(back.ordersOnlyBefore()).isEqualTo(there.ordersOnlyAfter());
        assertThat(back.ordersOnlyAfter()).isEqualTo(there.ordersOnlyBefore());
        assertThat(ExecutionDifference.of(a, a).isEmpty()).isTrue();
    }

    /** Events of one text per host, so that all have counterparts: then the whole order is compared by its direct parts. */
    @Property(tries = 300)
    void isEmptyIfAndOnlyIfTheOrderIsTheSame(
            @ForAll long one, @ForAll long two, @ForAll @IntRange(min = 1, max = 12) int length) {
        EventLog a = sameTexts(one, length);
        EventLog b = sameTexts(two, length);
        CausalGraph orderA = CausalGraph.of(a);
        CausalGraph orderB = CausalGraph.of(b);
        boolean same = true;
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < a.size(); j++) {
                same &= orderA.relation(place(a, i), place(a, j)) == orderB.relation(place(b, i), place(b, j));
            }
        }
        ExecutionDifference difference = ExecutionDifference.of(a, b);
        assertThat(difference.onlyBefore()).isEmpty();
        assertThat(difference.isEmpty()).isEqualTo(same);
    }

    /** {@return a log of two hosts with as many events each, and few messages} */
    private static EventLog sameTexts(long seed, int length) {
        Random random = new Random(seed);
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int[] tasks = {builder.task(trace, "a", "a"), builder.task(trace, "b", "b")};
        for (int i = 0; i < 2 * length; i++) {
            int event = builder.event(tasks[i % 2], EventKind.CUSTOM, "step");
            if (i > 1 && random.nextInt(length + 3) == 0) {
                builder.causes(i - 1 - 2 * random.nextInt((i + 1) / 2), event);
            }
        }
        return builder.build();
    }

    /** {@return the event at a place that is the same in all such logs} */
    private static int place(EventLog log, int place) {
        for (int e = 0; e < log.size(); e++) {
            if (log.task(e) == place % 2 && log.sequence(e) == place / 2 + 1) {
                return e;
            }
        }
        throw new AssertionError("no event " + place);
    }
}
