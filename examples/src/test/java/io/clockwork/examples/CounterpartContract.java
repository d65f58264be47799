package io.clockwork.examples;

import static io.clockwork.CausalityRelation.CONCURRENT;
import static io.clockwork.CausalityRelation.HAPPENS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityCodecException;
import io.clockwork.HeaderCodec;
import io.clockwork.OwnCounterAheadException;
import io.clockwork.VectorTimestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a real client and a real server owe to the causality that crosses them, in requests and in answers.
 *
 * @param <V> the header's value
 */
@Timeout(30) // for the latches: nothing else here waits
abstract class CounterpartContract<V> {
    private final Queue<RuntimeException> malformed = new ConcurrentLinkedQueue<>();

    /** {@return the codec under test, strict} */
    abstract HeaderCodec<V> codec();

    /** {@return a value that the codec refuses} */
    abstract V garbage();

    /** Starts the server of a service that reads with {@code codec}. */
    abstract Service start(String node, HeaderCodec<V> codec, Work work) throws Exception;

    /** Calls {@code to} as a stranger who sets one header; throws unless the call succeeds. */
    abstract void callFromOutside(Service to, String header, V value) throws Exception;

    /** What a service does with a request before it answers. */
    interface Work {
        void perform(Service self, VectorTimestamp received) throws Exception;
    }

    /** A service with a server and a client on one clock. */
    abstract static class Service implements AutoCloseable {
        final AtomicVectorClock clock;

        Service(AtomicVectorClock clock) {
            this.clock = clock;
        }

        /** Calls {@code to} and learns from its answer; throws unless the call succeeds. */
        abstract void call(Service to) throws Exception;

        @Override
        public abstract void close();
    }

    @Test
    void causesArriveOverThreeHopsAndABranchStaysConcurrent() throws Exception {
        Map<String, VectorTimestamp> received = new ConcurrentHashMap<>();
        CountDownLatch chained = new CountDownLatch(1);
        CountDownLatch branched = new CountDownLatch(1);
        try (Service stock = start("stock", (self, at) -> received.put("stock", at));
                Service ledger = start("ledger", (self, at) -> {
                    received.put("ledger", at);
                    chained.countDown();
                    branched.await(); // what no header tells, no clock knows
                });
                Service billing = start("billing", (self, at) -> {
                    received.put("billing", at);
                    self.call(ledger);
                });
                Service orders = start("orders", (self, at) -> {
                    received.put("orders", at);
                    self.call(billing);
                });
                Service shop = start("shop", (self, at) -> {})) {
            VectorTimestamp before = shop.clock.tick();
            CompletableFuture<Void> chain = CompletableFuture.runAsync(() -> {
                try {
                    shop.call(orders);
                } catch (Exception e) {
                    chained.countDown();
                    throw new IllegalStateException(e);
                }
            });
            chained.await();
            VectorTimestamp meanwhile = shop.clock.tick();
            try {
                shop.call(stock);
            } finally {
                branched.countDown();
            }
            chain.get();
            VectorTimestamp after = shop.clock.tick();

            assertThat(received.get("orders")).hasToString("orders=1,shop=2");
            assertThat(received.get("billing")).hasToString("billing=1,orders=2,shop=2");
            assertThat(received.get("ledger")).hasToString("billing=2,ledger=1,orders=2,shop=2");
            assertThat(received.get("stock")).hasToString("shop=4,stock=1");
            assertChain(before, received.get("orders"), received.get("billing"), received.get("ledger"), after);
            assertChain(before, meanwhile, received.get("stock"), after);
            for (String hop : new String[] {"orders", "billing", "ledger"}) {
                assertThat(received.get("stock").compare(received.get(hop))).isEqualTo(CONCURRENT);
                assertThat(meanwhile.compare(received.get(hop))).isEqualTo(CONCURRENT);
            }
            assertThat(malformed).isEmpty();
        }
    }

    @Test
    void aMalformedHeaderFromOutsideFailsNoRequest() throws Exception {
        Queue<VectorTimestamp> received = new ConcurrentLinkedQueue<>();
        Map<String, V> forged = new HashMap<>();
        codec().inject(VectorTimestamp.parse("stock=99,stranger=1"), forged);
        String header = forged.keySet().iterator().next();
        try (Service stock = start("stock", (self, at) -> received.add(at));
                Service shop = start("shop", (self, at) -> {})) {
            callFromOutside(stock, header, garbage());
            callFromOutside(stock, header, forged.get(header));
            shop.call(stock);
        }
        assertThat(malformed)
                .satisfiesExactly(
                        garbage -> assertThat(garbage)
                                .isInstanceOfSatisfying(
                                        CausalityCodecException.class,
                                        e -> assertThat(e.key()).isEqualTo(header)),
                        ahead -> assertThat(ahead).isInstanceOf(OwnCounterAheadException.class));
        assertThat(received).hasSize(3).last().satisfies(at -> {
            assertThat(at.get("shop")).isEqualTo(1);
            assertThat(at.asMap()).containsOnlyKeys("shop", "stock");
        });
    }

    private Service start(String node, Work work) throws Exception {
        return start(node, codec().lenient(malformed::add), work);
    }

    /** Each before each that follows, not only its neighbour. */
    static void assertChain(VectorTimestamp... chain) {
        for (int i = 0; i < chain.length; i++) {
            for (int j = i + 1; j < chain.length; j++) {
                assertThat(chain[i].compare(chain[j]))
                        .as(chain[i] + " to " + chain[j])
                        .isEqualTo(HAPPENS_BEFORE);
            }
        }
    }
}
