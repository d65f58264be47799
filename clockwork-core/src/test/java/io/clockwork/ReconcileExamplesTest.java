package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of docs/guides/reconcile.md, run. */
class ReconcileExamplesTest {
    private static TracedEvent event(String id, String payload, VectorTimestamp causality) {
        return TracedEvent.of(id, "example", payload.getBytes(StandardCharsets.UTF_8), causality);
    }

    private static String describe(TracedEvent event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    private static final class OrderWriter {
        private final CausalGate<String> gate = CausalGate.create();
        private final Map<String, String> store = new HashMap<>();
        private final List<String> log = new ArrayList<>();

        Verdict onOrderChanged(String orderId, TracedEvent event) {
            try (Admission admission = gate.admit(orderId, event)) {
                switch (admission.verdict()) {
                    case NEW -> {
                        store.put(orderId, describe(event));
                        admission.commit();
                    }
                    case CONFLICTING -> { // concurrent with what is stored: merge both
                        store.merge(orderId, describe(event), (ours, theirs) -> ours + " + " + theirs);
                        admission.commit();
                    }
                    case DUPLICATE, STALE -> log.add("ignored " + event.id());
                    case IN_PROGRESS, UNKNOWN -> retryLater(orderId, event);
                }
                return admission.verdict();
            }
        }

        private static void retryLater(String orderId, TracedEvent event) {
            throw new AssertionError("not in this example: " + orderId + ' ' + event);
        }
    }

    @Test
    void findsTheConflictBeforePersisting() {
        OrderWriter writer = new OrderWriter();
        VectorClock shop = VectorClock.of("shop").tick();
        VectorClock billing = VectorClock.of("billing").receive(shop.timestamp());
        VectorClock shipping = VectorClock.of("shipping").receive(shop.timestamp());

        TracedEvent created = event("e1", "created", shop.timestamp());
        assertThat(writer.onOrderChanged("42", created)).isEqualTo(Verdict.NEW);
        assertThat(writer.onOrderChanged("42", event("e2", "paid", billing.timestamp())))
                .isEqualTo(Verdict.NEW);
        assertThat(writer.onOrderChanged("42", event("e3", "cancelled", shipping.timestamp())))
                .isEqualTo(Verdict.CONFLICTING);
        assertThat(writer.onOrderChanged("42", created)).isEqualTo(Verdict.DUPLICATE);
        assertThat(writer.store).containsEntry("42", "paid + cancelled");
        assertThat(writer.log).containsExactly("ignored e1");
    }

    private static final class PaymentConsumer {
        private final CausalGate<String> gate = CausalGate.builder().maxKeys(2).build();
        private final Map<String, Integer> balance = new HashMap<>();
        private final Map<String, VectorTimestamp> appliedUpTo = new HashMap<>();

        void onPayment(String account, TracedEvent payment) {
            Verdict verdict = gate.offer(account, payment, paid -> balance.merge(account, amount(paid), Integer::sum));
            if (verdict == Verdict.UNKNOWN) { // forgotten: say how far the store is, and offer again
                gate.restore(account, appliedUpTo.getOrDefault(account, VectorTimestamp.empty()));
                verdict = gate.offer(account, payment, paid -> balance.merge(account, amount(paid), Integer::sum));
            }
            gate.applied(account).ifPresent(applied -> appliedUpTo.put(account, applied));
        }

        private static int amount(TracedEvent payment) {
            return Integer.parseInt(describe(payment));
        }
    }

    @Test
    void processesARedeliveredPaymentOnce() {
        PaymentConsumer consumer = new PaymentConsumer();
        List<TracedEvent> payments = new ArrayList<>();
        VectorClock bank = VectorClock.of("bank");
        for (int i = 0; i < 10; i++) {
            bank = bank.send();
            payments.add(event("p" + i, "100", bank.timestamp()));
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < payments.size(); i++) {
                consumer.onPayment("account" + i, payments.get(i));
            }
        }
        assertThat(consumer.balance)
                .hasSize(10)
                .allSatisfy((account, amount) -> assertThat(amount).isEqualTo(100));
        assertThat(consumer.gate.evictions()).isPositive();
    }

    @Test
    void showsAnAnswerAfterItsQuestion() {
        List<String> bobSees = new ArrayList<>();
        List<String> carolSees = new ArrayList<>();

        CausalDelivery<String> alice = CausalDelivery.of("alice");
        CausalDelivery<String> bob = CausalDelivery.of("bob");
        CausalDelivery<String> carol = CausalDelivery.of("carol");

        CausalMessage<String> question = alice.send("Lunch?");
        bob.receive(question).released().forEach(message -> bobSees.add(message.payload()));
        CausalMessage<String> answer = bob.send("At noon.");

        carol.receive(answer).released().forEach(message -> carolSees.add(message.payload())); // nothing yet
        List<MessageRange> askFor = carol.missing(); // alice#1
        carol.receive(question).released().forEach(message -> carolSees.add(message.payload())); // both, in order

        assertThat(askFor).hasToString("[alice#1]");
        assertThat(bobSees).containsExactly("Lunch?");
        assertThat(carolSees).containsExactly("Lunch?", "At noon.");
    }

    @Test
    void keepsBothCarts() {
        Siblings<Set<String>> cart = Siblings.<Set<String>>empty().put(VectorTimestamp.empty(), "eu", Set.of("tea"));
        VectorTimestamp seen = cart.context(); // goes to the client together with the values

        Siblings<Set<String>> eu = cart.put(seen, "eu", Set.of("tea", "milk"));
        Siblings<Set<String>> us = cart.put(seen, "us", Set.of("tea", "cake"));
        Siblings<Set<String>> both = eu.merge(us); // two siblings: nothing is lost
        Siblings<Set<String>> one = both.resolve("eu", MergeStrategy.union());

        assertThat(both.values()).containsExactly(Set.of("tea", "milk"), Set.of("tea", "cake"));
        assertThat(one.values()).containsExactly(Set.of("tea", "milk", "cake"));
    }

    @Test
    void isTheCodeOfTheGuide() throws IOException {
        Path root = Path.of(System.getProperty("clockwork.root", ".."));
        String guide = Files.readString(root.resolve("docs/guides/reconcile.md"));
        String here =
                Files.readString(root.resolve("clockwork-core/src/test/java/io/clockwork/ReconcileExamplesTest.java"));
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(guide);
        int count = 0;
        for (; blocks.find(); count++) {
            assertThat(withoutSpace(here)).contains(withoutSpace(blocks.group(1)));
        }
        assertThat(count).isEqualTo(4);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
