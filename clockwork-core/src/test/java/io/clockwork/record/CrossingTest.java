package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.CausalityRelation;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.PlainCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces go from service to service in headers. */
@SuppressWarnings("try") // scopes are there to be closed
class CrossingTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String TRACE = PARENT.substring(3, 35);

    private final Recorder shop = Recorder.create("shop");
    private final Recorder billing = Recorder.create("billing");
    private final Crossing<String> fromShop = shop.crossing(new PlainCodec());
    private final Crossing<String> toBilling = billing.crossing(new PlainCodec());
    private final Map<String, String> headers = new HashMap<>();

    private static List<RecordedEvent> messages(Recorder recorder) {
        return recorder.recording().tasks().stream()
                .flatMap(task -> task.events().stream())
                .filter(event -> event.message() != null)
                .toList();
    }

    private static RecordedTask task(Recorder recorder, String name) {
        return recorder.recording().tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Headers {
        @Test
        void nameTraceAndSending() {
            try (Scope trace = shop.openTrace("order")) {
                fromShop.send("orders", headers, Map::put);
            }
            RecordedEvent sent = messages(shop).get(0);
            MessageId id = sent.message();
            assertThat(sent.kind()).isEqualTo(EventKind.SEND);
            assertThat(sent.subject()).isEqualTo("orders");
            assertThat(headers.get("traceparent")).isEqualTo("00-" + id + "-01");
            assertThat(id.traceId()).isEqualTo(task(shop, "order").traceId()).hasSize(32);
            assertThat(headers).containsOnlyKeys("traceparent", PlainCodec.VECTOR);
        }

        @Test
        void haveASpanOfTheirOwnForEachSending() {
            Set<Object> sent = new HashSet<>();
            try (Scope trace = shop.openTrace("order")) {
                for (int i = 0; i < 100; i++) {
                    fromShop.send("orders", headers, Map::put);
                    sent.add(headers.get("traceparent"));
                }
            }
            assertThat(sent).hasSize(100);
        }

        @Test
        void passOnWhatOtherToolsSaid() {
            headers.put("traceparent", PARENT);
            headers.put("tracestate", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
            Map<String, String> next = new HashMap<>();
            try (Scope task = toBilling.open("bill", headers, Map::get)) {
                toBilling.request("stock", next, Map::put);
            }
            assertThat(next.get("traceparent")).startsWith("00-" + TRACE + '-').endsWith("-01");
            assertThat(next.get("traceparent")).isNotEqualTo(PARENT);
            assertThat(next).containsEntry("tracestate", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
            assertThat(task(billing, "bill").traceId()).isEqualTo(TRACE);
        }

        @Test
        void passOnThatATraceIsNotSampled() {
            headers.put("traceparent", PARENT.replaceAll("01$", "00"));
            try (Scope task = toBilling.open("bill", headers, Map::get)) {
                toBilling.send("stock", headers, Map::put);
            }
            assertThat(headers.get("traceparent")).endsWith("-00");
        }

        @Test
        void areCountedWhenTheCarrierTakesNone() {
            try (Scope trace = shop.openTrace("order")) {
                fromShop.send("orders", headers, (map, name, value) -> {
                    throw new IllegalStateException("headers are closed");
                });
            }
            assertThat(shop.recording().malformed()).isOne();
            assertThat(messages(shop)).hasSize(1);
        }
    }

    @Nested
    class Receiving {
        @Test
        void goesOnInTheSendersTraceAfterTheSending() {
            VectorTimestamp sent;
            VectorTimestamp received;
            try (Scope trace = shop.openTrace("order")) {
                fromShop.request("bill", headers, Map::put);
                sent = shop.timestamp();
                shop.variable("x").write(1);
                try (Scope task = toBilling.open("bill", headers, Map::get)) {
                    received = billing.timestamp();
                }
                assertThat(shop.timestamp().compare(received)).isEqualTo(CausalityRelation.CONCURRENT);
            }
            assertThat(sent.compare(received)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
            assertThat(task(billing, "bill").traceId())
                    .isEqualTo(task(shop, "order").traceId());
            RecordedEvent arrival = messages(billing).get(0);
            assertThat(arrival.kind()).isEqualTo(EventKind.RECEIVE);
            assertThat(arrival.message()).isEqualTo(messages(shop).get(0).message());
        }

        @Test
        void bringsTheAnswerIntoTheTaskThatWaited() {
            VectorTimestamp answered;
            try (Scope trace = shop.openTrace("order")) {
                fromShop.request("bill", headers, Map::put);
                try (Scope task = toBilling.open("bill", headers, Map::get)) {
                    billing.variable("x").write(1);
                    answered = billing.timestamp();
                    toBilling.send("bill", headers, Map::put);
                }
                fromShop.response("bill", headers, Map::get);
                assertThat(answered.compare(shop.timestamp())).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                Task child = shop.fork("later");
                child.run(() -> {
                    shop.variable("y").write(1);
                    assertThat(answered.compare(shop.timestamp())).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                });
            }
            assertThat(messages(shop).get(1).kind()).isEqualTo(EventKind.RESPONSE);
            assertThat(messages(shop).get(1).message())
                    .isEqualTo(messages(billing).get(1).message());
        }

        @Test
        void beginsATaskOutsideOfAny() {
            try (Scope trace = shop.openTrace("order")) {
                fromShop.send("orders", headers, Map::put);
            }
            for (int i = 0; i < 2; i++) {
                toBilling.receive("orders", headers, Map::get);
                billing.variable("x").write(i);
            }
            List<RecordedTask> tasks = billing.recording().tasks();
            assertThat(tasks).hasSize(2).allSatisfy(task -> {
                assertThat(task.isUnlinked()).isFalse();
                assertThat(task.name()).isEqualTo("orders");
                assertThat(task.traceId())
                        .isEqualTo(messages(shop).get(0).message().traceId());
            });
            assertThat(tasks.get(0).trace()).isEqualTo(tasks.get(1).trace());
        }

        @Test
        void leavesATaskOfAnotherTraceInItsOwn() {
            try (Scope trace = shop.openTrace("order")) {
                fromShop.send("orders", headers, Map::put);
            }
            try (Scope batch = billing.openTrace("batch")) {
                toBilling.receive("orders", headers, Map::get);
                assertThat(billing.timestamp().nodes()).containsExactly("billing/0");
            }
            assertThat(task(billing, "batch").traceId())
                    .isNotEqualTo(task(shop, "order").traceId());
            assertThat(messages(billing).get(0).message())
                    .isEqualTo(messages(shop).get(0).message());
        }

        @Test
        void leavesTwoTasksOfOneTraceConcurrent() {
            try (Scope trace = shop.openTrace("order")) {
                fromShop.send("orders", headers, Map::put);
            }
            VectorTimestamp first;
            VectorTimestamp second;
            try (Scope task = toBilling.open("first", headers, Map::get)) {
                first = billing.timestamp();
            }
            try (Scope task = toBilling.open("second", headers, Map::get)) {
                second = billing.timestamp();
            }
            assertThat(first.compare(second)).isEqualTo(CausalityRelation.CONCURRENT);
        }

        @Test
        void needsOneComponentForCallsOneAfterTheOther() {
            try (Scope trace = shop.openTrace("order")) {
                for (int i = 0; i < 1000; i++) {
                    fromShop.request("bill", headers, Map::put);
                    try (Scope task = toBilling.open("bill", headers, Map::get)) {
                        toBilling.send("bill", headers, Map::put);
                    }
                    fromShop.response("bill", headers, Map::get);
                }
                assertThat(shop.timestamp().nodes()).hasSize(2);
            }
        }
    }

    @Nested
    class Bad {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                    "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x"
                })
        void parentsAreCountedAndTheWorkIsATraceOfItsOwn(String parent) {
            headers.put("traceparent", parent);
            headers.put(PlainCodec.VECTOR, "shop/0=1");
            try (Scope task = toBilling.open("bill", headers, Map::get)) {
                assertThat(billing.timestamp().nodes()).containsExactly("billing/0");
            }
            assertThat(billing.recording().malformed()).isOne();
            assertThat(messages(billing)).isEmpty();
            assertThat(task(billing, "bill").isUnlinked()).isFalse();
        }

        @Test
        void parentsOfVersionsToComeAreRead() {
            headers.put("traceparent", "cc" + PARENT.substring(2) + "-what-comes");
            try (Scope task = toBilling.open("bill", headers, Map::get)) {
                assertThat(messages(billing)).hasSize(1);
            }
            assertThat(task(billing, "bill").traceId()).isEqualTo(TRACE);
        }

        @Test
        void vectorsAreCountedAndTheTraceGoesOn() {
            headers.put("traceparent", PARENT);
            headers.put(PlainCodec.VECTOR, "shop/0=minus one");
            try (Scope task = toBilling.open("bill", headers, Map::get)) {
                assertThat(billing.timestamp().size()).isOne();
            }
            assertThat(billing.recording().malformed()).isOne();
            assertThat(task(billing, "bill").traceId()).isEqualTo(TRACE);
        }

        @Test
        void knowledgeOfWhatWasNeverSentIsNotTaken() {
            try (Scope trace = shop.openTrace("order")) {
                fromShop.send("orders", headers, Map::put);
                for (String forged :
                        List.of("shop/0=9223372036854775807", "shop/7=1", "shop/01=1", "shop/=1", "shop/x=1")) {
                    headers.put(PlainCodec.VECTOR, forged);
                    fromShop.receive("orders", headers, Map::get);
                }
                VectorTimestamp after = shop.timestamp();
                assertThat(after.nodes()).containsExactly("shop/0");
                assertThat(after.counterAt(0)).isLessThan(10);
            }
            assertThat(shop.recording().malformed()).isEqualTo(5);
        }

        @Test
        void namesByTheThousandAreNotKept() {
            try (Scope trace = shop.openTrace("order")) {
                fromShop.send("orders", headers, Map::put);
                for (int i = 0; i < 1000; i++) {
                    headers.put(PlainCodec.VECTOR, "peer" + i + "=1");
                    fromShop.receive("orders", headers, Map::get);
                }
                assertThat(shop.timestamp().size()).isEqualTo(Abroad.MAX_COMPONENTS + 1);
            }
            assertThat(shop.recording().malformed()).isEqualTo(1000 - Abroad.MAX_COMPONENTS);
        }

        @Test
        void statesAreNotPassedOn() {
            headers.put("traceparent", PARENT);
            for (String state : List.of("x".repeat(513), "a=1" + ",a=1".repeat(32), "a=\u00e9")) {
                headers.put("tracestate", state);
                Map<String, String> next = new HashMap<>();
                try (Scope task = toBilling.open("bill", headers, Map::get)) {
                    toBilling.send("next", next, Map::put);
                }
                assertThat(next).doesNotContainKey("tracestate");
            }
        }

        @Test
        void gettersDoNotBreakTheWork() {
            try (Scope task = toBilling.<Map<String, String>>open("bill", headers, (map, name) -> {
                throw new IllegalStateException(name);
            })) {
                billing.variable("x").write(1);
            }
            assertThat(billing.recording().malformed()).isOne();
        }

        @Test
        void messageIdsAreRefused() {
            for (String text : List.of("", "x".repeat(49), TRACE + "-00f067aa0ba902b", TRACE + "_00f067aa0ba902b7")) {
                assertThatThrownBy(() -> MessageId.parse(text)).isInstanceOf(IllegalArgumentException.class);
            }
            MessageId id = MessageId.parse(TRACE + "-00f067aa0ba902b7");
            assertThat(id).hasToString(TRACE + "-00f067aa0ba902b7");
        }
    }

    @Test
    void tracesThatWereForgottenClaimNothing() {
        VectorTimestamp before;
        try (Scope trace = shop.openTrace("order")) {
            fromShop.request("bill", headers, Map::put);
            try (Scope task = toBilling.open("first", headers, Map::get)) {
                before = billing.timestamp();
                for (int i = 0; i < Traces.MAX_ABROAD; i++) {
                    String parent = String.format("00-%032x-%016x-01", i + 1, 1);
                    toBilling
                            .open("other", parent, (value, name) -> name.equals("traceparent") ? value : null)
                            .close();
                }
                assertThat(billing.timestamp().nodes()).hasSize(1);
                toBilling.send("back", new HashMap<String, String>(), Map::put);
            }
            try (Scope task = toBilling.open("second", headers, Map::get)) {
                assertThat(before.compare(billing.timestamp())).isEqualTo(CausalityRelation.CONCURRENT);
            }
        }
    }
}
