package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.Crossing;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.TrackedLock;
import io.clockwork.testing.PlainCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several services, each with a recorder of its own, are analysed as one program. */
@SuppressWarnings("try") // scopes are there to be closed
class ServicesTest {
    private final Service shop = new Service("shop");
    private final Service billing = new Service("billing");
    private final Service ledger = new Service("ledger");

    private static final class Service {
        final Recorder recorder;
        final Crossing<String> crossing;

        Service(String node) {
            recorder = Recorder.create(node);
            crossing = recorder.crossing(new PlainCodec());
        }

        /** Calls {@code work} in another service and waits for its answer. */
        void call(Service other, Runnable work) {
            Map<String, String> headers = new HashMap<>();
            crossing.request("call " + other.recorder.node(), headers, Map::put);
            try (Scope task = other.crossing.open("work of " + other.recorder.node(), headers, Map::get)) {
                work.run();
                headers.clear();
                other.crossing.send("answer", headers, Map::put);
            }
            crossing.response("call " + other.recorder.node(), headers, Map::get);
        }

        Map<String, String> send() {
            Map<String, String> headers = new HashMap<>();
            crossing.send("queue", headers, Map::put);
            return headers;
        }

        void write(String variable) {
            recorder.variable(variable).write(1);
        }
    }

    private static EventLog log(Service... services) {
        return EventLog.of(List.of(services).stream()
                .map(service -> service.recorder.recording())
                .toList());
    }

    private static int write(EventLog log, String variable) {
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) == EventKind.WRITE && log.subject(e).equals(variable)) {
                return e;
            }
        }
        throw new AssertionError(variable + " was not written");
    }

    @Test
    void threeHopsThatPropagateTheTraceHaveNoRace() {
        try (Scope trace = shop.recorder.openTrace("order")) {
            shop.write("stock");
            shop.call(billing, () -> billing.call(ledger, () -> ledger.write("stock")));
            shop.write("stock");
        }
        EventLog log = log(ledger, billing, shop);
        assertThat(log.diagnostics()).isEmpty();
        assertThat(log.traceCount()).isOne();
        assertThat(log.traceName(0)).isEqualTo("order");
        assertThat(log.taskCount()).isEqualTo(3);
        assertThat(Report.of(log).races()).isEmpty();
    }

    @Test
    void aHopThatDoesNotPropagateTheTraceLeavesARace() {
        try (Scope trace = shop.recorder.openTrace("order")) {
            shop.write("stock");
            shop.call(billing, () -> {
                try (Scope lost = ledger.recorder.openTrace("on its own")) {
                    ledger.write("stock");
                }
            });
        }
        EventLog log = log(shop, billing, ledger);
        assertThat(log.traceCount()).isEqualTo(2);
        CausalGraph graph = CausalGraph.of(log);
        int first = write(log, "stock");
        for (int e = first + 1; e < log.size(); e++) {
            if (log.kind(e) == EventKind.WRITE) {
                assertThat(graph.happensBefore(first, e) || graph.happensBefore(e, first))
                        .isFalse();
            }
        }
    }

    @Test
    void whatIsNotAnsweredIsConcurrentWithTheSender() {
        try (Scope trace = shop.recorder.openTrace("order")) {
            shop.write("before");
            Map<String, String> headers = shop.send();
            shop.write("after");
            try (Scope task = billing.crossing.open("bill", headers, Map::get)) {
                billing.write("bill");
            }
        }
        EventLog log = log(billing, shop);
        CausalGraph graph = CausalGraph.of(log);
        assertThat(graph.causes(write(log, "before"), write(log, "bill"))).isTrue();
        assertThat(graph.happensBefore(write(log, "bill"), write(log, "after"))).isFalse();
        int task = log.task(write(log, "bill"));
        assertThat(log.link(task)).isEqualTo(Link.MESSAGE);
        assertThat(log.kind(log.origin(task))).isEqualTo(EventKind.SEND);
        assertThat(log.service(task)).isEqualTo("billing");
    }

    @Test
    void messagesFromOtherTracesOrderWhatTheyCaused() {
        Map<String, String> headers;
        try (Scope trace = shop.recorder.openTrace("order")) {
            shop.write("order");
            headers = shop.send();
        }
        try (Scope batch = billing.recorder.openTrace("batch")) {
            billing.write("early");
            billing.crossing.receive("queue", headers, Map::get);
            billing.write("late");
        }
        EventLog log = log(shop, billing);
        CausalGraph graph = CausalGraph.of(log);
        assertThat(log.traceCount()).isEqualTo(2);
        assertThat(graph.causes(write(log, "order"), write(log, "late"))).isTrue();
        assertThat(graph.happensBefore(write(log, "order"), write(log, "early")))
                .isFalse();
    }

    @Test
    void aMissingSendingIsToldOf() {
        try (Scope trace = shop.recorder.openTrace("order")) {
            Map<String, String> headers = shop.send();
            for (int i = 0; i < 2; i++) {
                billing.crossing.open("bill", headers, Map::get).close();
            }
        }
        assertThat(log(billing).diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("MISSING_SEND");
            assertThat(diagnostic.message()).startsWith("2 messages were received from services that were not read");
        });
        assertThat(log(billing, shop).diagnostics()).isEmpty();
    }

    @Test
    void aHeaderThatCouldNotBeReadIsToldOf() {
        billing.crossing
                .open("bill", Map.of("traceparent", "nonsense"), Map::get)
                .close();
        assertThat(log(billing, shop).diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("MALFORMED_HEADER");
            assertThat(diagnostic.message()).startsWith("1 header ");
        });
    }

    @Test
    void locksOfOneNameExcludeNobodyInAnotherService() {
        TrackedLock here = shop.recorder.lock("accounts");
        TrackedLock there = billing.recorder.lock("accounts");
        try (Scope trace = shop.recorder.openTrace("order")) {
            Map<String, String> headers = shop.send();
            here.lock();
            try {
                shop.write("stock");
            } finally {
                here.unlock();
            }
            try (Scope task = billing.crossing.open("bill", headers, Map::get)) {
                there.lock();
                try {
                    billing.write("stock");
                } finally {
                    there.unlock();
                }
            }
        }
        assertThat(Report.of(log(shop, billing)).races())
                .singleElement()
                .satisfies(race -> assertThat(race.verdict()).isEqualTo(Race.Verdict.CERTAIN));
    }

    @Test
    void theCriticalPathOfACallGoesThroughTheServiceThatWasCalled() {
        try (Scope trace = shop.recorder.openTrace("order")) {
            shop.recorder.call("checkout", () -> {
                shop.call(
                        billing,
                        () -> billing.recorder.call("charge", () -> {
                            billing.write("x");
                            return null;
                        }));
                return null;
            });
        }
        assertThat(CriticalPath.response(log(shop, billing)))
                .singleElement()
                .satisfies(path -> assertThat(path.sections())
                        .extracting(CriticalPath.Section::operation)
                        .contains("checkout", "charge"));
    }
}
