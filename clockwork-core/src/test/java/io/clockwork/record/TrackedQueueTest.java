package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TrackedQueueTest {
    private final Recorder recorder = Recorder.create("queues");

    private Dot dot(String task, EventKind kind) {
        return Recorded.event(recorder, task, kind).dot();
    }

    private Dot cause(String task, EventKind kind) {
        return Recorded.event(recorder, task, kind).cause();
    }

    @Nested
    class AnElement {
        @Test
        void leadsToTheOneWhoPutItInAndToNobodyElse() throws Exception {
            TrackedQueue<String> queue = recorder.queue("queue");
            Recorded.in(recorder, "first", () -> queue.add("one"));
            Recorded.in(recorder, "second", () -> queue.offer("two"));
            Recorded.in(recorder, "onlooker", queue::peek);
            String one = Recorded.in(recorder, "taker", () -> queue.poll());
            String two = Recorded.in(recorder, "next", () -> queue.take());
            assertThat(List.of(one, two)).containsExactly("one", "two");
            assertThat(cause("onlooker", EventKind.PEEK)).isEqualTo(dot("first", EventKind.PUT));
            assertThat(cause("taker", EventKind.TAKE)).isEqualTo(dot("first", EventKind.PUT));
            assertThat(cause("next", EventKind.TAKE)).isEqualTo(dot("second", EventKind.PUT));
            assertThat(Recorded.event(recorder, "second", EventKind.PUT).cause())
                    .isNull();
        }

        @Test
        void isWaitedForAndWaitsForRoom() throws Exception {
            TrackedQueue<String> queue = recorder.queue("queue", 1);
            Recorded.Running<String> taker = Recorded.start(recorder, "taker", queue::take);
            Recorded.await(recorder, "taker", EventKind.BLOCK);
            Recorded.in(recorder, "putter", () -> queue.offer("one", 1, TimeUnit.HOURS));
            String one = Recorded.end(taker);
            assertThat(one).isEqualTo("one");
            assertThat(Recorded.kinds(recorder, "taker")).containsExactly(EventKind.BLOCK, EventKind.TAKE);
            assertThat(Recorded.kinds(recorder, "putter")).containsExactly(EventKind.PUT);

            queue.add("two");
            Recorded.Running<Boolean> second = Recorded.start(recorder, "second", () -> {
                queue.put("three");
                return true;
            });
            Recorded.await(recorder, "second", EventKind.BLOCK);
            assertThat(queue.offer("four")).isFalse();
            assertThat(queue.poll(1, TimeUnit.HOURS)).isEqualTo("two");
            Recorded.end(second);
            assertThat(Recorded.kinds(recorder, "second")).containsExactly(EventKind.BLOCK, EventKind.PUT);
            assertThat(queue).containsExactly("three");
        }

        @Test
        void isGivenUpWhenTheTimeIsUpOrAnInterruptComes() throws Exception {
            TrackedQueue<String> queue = recorder.queue("queue", 1);
            Recorded.in(recorder, "taker", () -> queue.poll(1, TimeUnit.NANOSECONDS));
            Recorded.Running<String> waiting = Recorded.start(recorder, "waiting", queue::take);
            waiting.thread().interrupt();
            assertThatThrownBy(() -> Recorded.end(waiting)).isInstanceOf(InterruptedException.class);
            queue.add("one");
            Recorded.in(recorder, "putter", () -> queue.offer("two", 1, TimeUnit.NANOSECONDS));
            Recorded.in(recorder, "hasty", () -> queue.offer("two", 0, TimeUnit.NANOSECONDS));
            assertThat(Recorded.kinds(recorder, "taker")).containsExactly(EventKind.BLOCK, EventKind.GIVE_UP);
            assertThat(Recorded.kinds(recorder, "putter")).containsExactly(EventKind.BLOCK, EventKind.GIVE_UP);
            assertThat(Recorded.kinds(recorder, "hasty")).isEmpty();
            assertThat(queue).containsExactly("one");
        }

        @Test
        void isTakenOutOfTheMiddleOnceOnly() throws Exception {
            TrackedQueue<String> queue = recorder.queue("queue");
            queue.addAll(List.of("a", "b", "a", "c"));
            Recorded.in(recorder, "remover", () -> queue.remove("a"));
            assertThat(queue).containsExactly("b", "a", "c");
            Iterator<String> first = queue.iterator();
            Iterator<String> second = queue.iterator();
            assertThatThrownBy(first::remove).isInstanceOf(IllegalStateException.class);
            first.next();
            second.next();
            first.remove();
            second.remove();
            assertThat(queue).containsExactly("a", "c");
            assertThat(Recorded.kinds(recorder, "remover")).containsExactly(EventKind.TAKE);
        }

        @Test
        void isNeverNull() {
            TrackedQueue<String> queue = recorder.queue("queue");
            assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> queue.offer(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> queue.add(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> queue.offer(null, 1, TimeUnit.DAYS)).isInstanceOf(NullPointerException.class);
            assertThat(recorder.recording().tasks()).isEmpty();
        }
    }

    /** Runs the same random steps on both. */
    @Property(tries = 200)
    void doesWhatTheJdksDoes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int capacity) {
        Random random = new Random(seed);
        BlockingQueue<Integer> expected = new LinkedBlockingQueue<>(capacity);
        BlockingQueue<Integer> actual = recorder.queue("queue", capacity);
        for (int i = 0; i < 60; i++) {
            int element = random.nextInt(5);
            int step = random.nextInt(12);
            assertThat(step(actual, step, element)).isEqualTo(step(expected, step, element));
            assertThat(new ArrayList<>(actual)).isEqualTo(new ArrayList<>(expected));
            assertThat(actual).hasSameSizeAs(expected).hasToString(expected.toString());
            assertThat(actual.remainingCapacity()).isEqualTo(expected.remainingCapacity());
        }
    }

    private static Object step(BlockingQueue<Integer> queue, int step, int element) {
        List<Integer> drained = new ArrayList<>();
        return switch (step) {
            case 0, 1, 2, 3 -> queue.offer(element);
            case 4 -> String.valueOf(queue.poll());
            case 5 -> String.valueOf(queue.peek());
            case 6 -> queue.remove((Object) element);
            case 7 -> queue.contains(element);
            case 8 -> queue.drainTo(drained, element) + " " + drained;
            case 9 -> element == 0 ? queue.drainTo(drained) + " " + drained : "";
            case 10 -> queue.removeIf(other -> other == element);
            default -> queue.retainAll(List.of(0, 1, 2, 3)) + " " + List.of(queue.toArray());
        };
    }

    @Test
    void refusesWhatMakesNoSense() {
        TrackedQueue<String> queue = recorder.queue("queue", 1);
        assertThatThrownBy(() -> recorder.queue("queue", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be at least 1, was 0");
        assertThatThrownBy(() -> queue.drainTo(queue)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.drainTo(null)).isInstanceOf(NullPointerException.class);
        queue.add("one");
        assertThatThrownBy(() -> queue.add("two")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void handsOverWhenNothingMoreCanBeRecorded() {
        TrackedQueue<Integer> queue =
                Recorder.builder("full").maxEvents(1).build().queue("queue");
        for (int i = 0; i < 100; i++) {
            queue.add(i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(queue.poll()).isEqualTo(i);
        }
    }
}
