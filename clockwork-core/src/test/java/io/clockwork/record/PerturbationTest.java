package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PerturbationTest {
    @Test
    void delaysAreShortAndFollowFromTheSeed() {
        Perturbation one = new Perturbation(7);
        Perturbation same = new Perturbation(7);
        Perturbation other = new Perturbation(8);
        int different = 0;
        for (int task = 0; task < 20; task++) {
            for (int events = 0; events < 200; events++) {
                assertThat(one.delay(task, events))
                        .isLessThan(Duration.ofMillis(1).toNanos());
                assertThat(one.delay(task, events)).isEqualTo(same.delay(task, events));
                different += one.delay(task, events) == other.delay(task, events) ? 0 : 1;
            }
        }
        assertThat(different).isGreaterThan(500);
    }

    @Test
    void theDelaysOfALongTaskGrowWithTheLogarithmOfItsLength() {
        Perturbation perturbation = new Perturbation(1);
        for (int task = 0; task < 8; task++) {
            long sum = 0;
            for (int events = 0; events < 1_000_000; events++) {
                sum += Math.max(0, perturbation.delay(task, events));
            }
            assertThat(sum).isLessThan(Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void seedsBringTasksIntoBothOrders() throws Exception {
        Set<List<String>> orders = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int seed = 1; orders.size() < 2; seed++) {
                assertThat(seed).as("seeds without another order").isLessThan(1_000);
                orders.add(order(Recorder.builder("test").perturbed(seed).build(), threads));
            }
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> order(Recorder recorder, ExecutorService threads) throws Exception {
        TrackedAtomicReference<String> last = recorder.atomicReference("last", "");
        Future<?> first = threads.submit(recorder.wrap("first", () -> last.set("first")));
        Future<?> second = threads.submit(recorder.wrap("second", () -> last.set("second")));
        first.get();
        second.get();
        return List.of(last.get());
    }

    @Test
    void neitherParkPermitsNorInterruptsAreUsedUp() {
        Recorder recorder = Recorder.builder("test").perturbed(3).captureSites().build();
        Variable balance = recorder.variable("balance");
        Runnable work = () -> {
            LockSupport.unpark(Thread.currentThread());
            for (int i = 0; i < 200; i++) {
                balance.at(new Site("Bank", "pay", "Bank.java", 1)).write(i);
                balance.write(i);
            }
            long start = System.nanoTime();
            LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(10).toNanos());
            Thread.currentThread().interrupt();
            balance.write(200);
            assertThat(Thread.interrupted()).isTrue();
        };
        for (int task = 0; task < 4; task++) {
            recorder.fork("task").run(work);
        }
        assertThat(recorder.recording().dropped()).isZero();
    }
}
