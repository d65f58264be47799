package io.clockwork.record;

import static io.clockwork.record.MemoryOrder.ACQUIRE;
import static io.clockwork.record.MemoryOrder.OPAQUE;
import static io.clockwork.record.MemoryOrder.PLAIN;
import static io.clockwork.record.MemoryOrder.RELEASE;
import static io.clockwork.record.MemoryOrder.VOLATILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Atomic accesses beside a model that says of each one what it is, what it follows and how it is ordered. */
class MemoryOrderTest {
    private static final Object A = "a";
    private static final Object B = "b";

    /** What an atomic variable can do here, on numbers 1 and 2 or their names. */
    private interface Target {
        Object get(MemoryOrder order);

        void set(Object value, MemoryOrder order);

        void lazySet(Object value);

        Object exchange(Object expected, Object value, MemoryOrder order);

        boolean weak(Object expected, Object value, MemoryOrder order);

        Object swap(Object value);
    }

    private record References(TrackedAtomicReference<Object> x) implements Target {
        @Override
        public Object get(MemoryOrder order) {
            return switch (order) {
                case PLAIN -> x.getPlain();
                case OPAQUE -> x.getOpaque();
                case ACQUIRE -> x.getAcquire();
                default -> x.get();
            };
        }

        @Override
        public void set(Object value, MemoryOrder order) {
            switch (order) {
                case PLAIN -> x.setPlain(value);
                case OPAQUE -> x.setOpaque(value);
                case RELEASE -> x.setRelease(value);
                default -> x.set(value);
            }
        }

        @Override
        public void lazySet(Object value) {
            x.lazySet(value);
        }

        @Override
        public Object exchange(Object expected, Object value, MemoryOrder order) {
            return switch (order) {
                case ACQUIRE -> x.compareAndExchangeAcquire(expected, value);
                case RELEASE -> x.compareAndExchangeRelease(expected, value);
                default -> x.compareAndExchange(expected, value);
            };
        }

        @Override
        public boolean weak(Object expected, Object value, MemoryOrder order) {
            return switch (order) {
                case PLAIN -> x.weakCompareAndSetPlain(expected, value);
                case ACQUIRE -> x.weakCompareAndSetAcquire(expected, value);
                case RELEASE -> x.weakCompareAndSetRelease(expected, value);
                default -> x.weakCompareAndSetVolatile(expected, value);
            };
        }

        @Override
        public Object swap(Object value) {
            return x.getAndSet(value);
        }
    }

    private record Longs(TrackedAtomicLong x) implements Target {
        private static long number(Object value) {
            return value.equals(A) ? 1 : 2;
        }

        private static Object name(long number) {
            return number == 1 ? A : B;
        }

        @Override
        public Object get(MemoryOrder order) {
            return name(
                    switch (order) {
                        case PLAIN -> x.getPlain();
                        case OPAQUE -> x.getOpaque();
                        case ACQUIRE -> x.getAcquire();
                        default -> x.get();
                    });
        }

        @Override
        public void set(Object value, MemoryOrder order) {
            switch (order) {
                case PLAIN -> x.setPlain(number(value));
                case OPAQUE -> x.setOpaque(number(value));
                case RELEASE -> x.setRelease(number(value));
                default -> x.set(number(value));
            }
        }

        @Override
        public void lazySet(Object value) {
            x.lazySet(number(value));
        }

        @Override
        public Object exchange(Object expected, Object value, MemoryOrder order) {
            long from = number(expected);
            long to = number(value);
            return name(
                    switch (order) {
                        case ACQUIRE -> x.compareAndExchangeAcquire(from, to);
                        case RELEASE -> x.compareAndExchangeRelease(from, to);
                        default -> x.compareAndExchange(from, to);
                    });
        }

        @Override
        public boolean weak(Object expected, Object value, MemoryOrder order) {
            long from = number(expected);
            long to = number(value);
            return switch (order) {
                case PLAIN -> x.weakCompareAndSetPlain(from, to);
                case ACQUIRE -> x.weakCompareAndSetAcquire(from, to);
                case RELEASE -> x.weakCompareAndSetRelease(from, to);
                default -> x.weakCompareAndSetVolatile(from, to);
            };
        }

        @Override
        public Object swap(Object value) {
            return name(x.getAndSet(number(value)));
        }
    }

    /** What must have been recorded; the cause by its place in the list of all, -1 for none. */
    private record Expected(
            int task,
            EventKind kind,
            MemoryOrder order,
            int cause,
            @Nullable Object value) {}

    /** The variable as it must be, one access after the other. */
    private static final class Model {
        private final List<Expected> all = new ArrayList<>();
        private Object value = A;
        private int writer = -1;

        private void read(int task, MemoryOrder order, boolean atomic) {
            boolean follows = (order == ACQUIRE || order == VOLATILE) && writer >= 0;
            EventKind kind = atomic ? EventKind.ATOMIC_READ : EventKind.READ;
            all.add(new Expected(task, kind, order, follows ? writer : -1, follows ? null : value));
        }

        private void write(int task, MemoryOrder order, Object written) {
            EventKind kind = order == PLAIN ? EventKind.WRITE : EventKind.ATOMIC_WRITE;
            all.add(new Expected(task, kind, order, -1, written));
            wrote(order, written);
        }

        private void update(int task, MemoryOrder order, Object written) {
            boolean follows = order == ACQUIRE || order == VOLATILE;
            all.add(new Expected(task, EventKind.ATOMIC_UPDATE, order, follows ? writer : -1, written));
            wrote(order, written);
        }

        private void compareAndSet(int task, MemoryOrder order, Object expected, Object written) {
            if (value.equals(expected)) {
                update(task, order, written);
            } else {
                read(task, order == RELEASE ? PLAIN : order, true);
            }
        }

        private void wrote(MemoryOrder order, Object written) {
            value = written;
            writer = order == RELEASE || order == VOLATILE ? all.size() - 1 : -1;
        }
    }

    private static MemoryOrder any(Random random, MemoryOrder... orders) {
        return orders[random.nextInt(orders.length)];
    }

    private static void step(Random random, int task, Target target, Model model) {
        Object value = random.nextBoolean() ? A : B;
        Object expected = random.nextBoolean() ? A : B;
        Object before = model.value;
        switch (random.nextInt(6)) {
            case 0 -> {
                MemoryOrder order = any(random, PLAIN, OPAQUE, ACQUIRE, VOLATILE);
                model.read(task, order, order != PLAIN);
                assertThat(target.get(order)).isEqualTo(before);
            }
            case 1 -> {
                MemoryOrder order = any(random, PLAIN, OPAQUE, RELEASE, VOLATILE);
                model.write(task, order, value);
                target.set(value, order);
            }
            case 2 -> {
                model.write(task, RELEASE, value);
                target.lazySet(value);
            }
            case 3 -> {
                MemoryOrder order = any(random, ACQUIRE, RELEASE, VOLATILE);
                model.compareAndSet(task, order, expected, value);
                assertThat(target.exchange(expected, value, order)).isEqualTo(before);
            }
            case 4 -> {
                MemoryOrder order = any(random, PLAIN, ACQUIRE, RELEASE, VOLATILE);
                model.compareAndSet(task, order, expected, value);
                assertThat(target.weak(expected, value, order)).isEqualTo(before.equals(expected));
            }
            default -> {
                model.update(task, VOLATILE, value);
                assertThat(target.swap(value)).isEqualTo(before);
            }
        }
    }

    /** Runs random accesses by three tasks in turn, and compares all that was recorded with the model. */
    private static void check(long seed, Recorder recorder, Target target) {
        Random random = new Random(seed);
        Model model = new Model();
        Task[] tasks = {recorder.fork("0"), recorder.fork("1"), recorder.fork("2")};
        int steps = random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            int task = random.nextInt(tasks.length);
            tasks[task].run(() -> step(random, task, target, model));
        }
        Map<String, List<RecordedEvent>> recorded = new HashMap<>();
        List<Dot> dots = new ArrayList<>();
        int[] next = new int[tasks.length];
        for (Expected expected : model.all) {
            String name = Integer.toString(expected.task);
            List<RecordedEvent> events = recorded.computeIfAbsent(name, n -> Recorded.events(recorder, n));
            RecordedEvent event = events.get(next[expected.task]++);
            dots.add(event.dot());
            assertThat(event.kind()).isEqualTo(expected.kind);
            assertThat(event.order()).isEqualTo(expected.order);
            assertThat(event.cause()).isEqualTo(expected.cause < 0 ? null : dots.get(expected.cause));
            assertThat(event.subject()).isEqualTo("x");
            Object value = event.value() instanceof Long number ? Longs.name(number) : event.value();
            assertThat(value).isEqualTo(expected.value);
        }
        recorded.forEach((name, events) -> assertThat(events).hasSize(next[Integer.parseInt(name)]));
    }

    @Property(tries = 500)
    void aReferenceIsAccessedAsTheModelSays(@ForAll long seed) {
        Recorder recorder = Recorder.builder("bank").withoutTimes().build();
        check(seed, recorder, new References(recorder.atomicReference("x", A)));
    }

    @Property(tries = 500)
    void aLongIsAccessedAsTheModelSays(@ForAll long seed) {
        Recorder recorder = Recorder.builder("bank").withoutTimes().build();
        check(seed, recorder, new Longs(recorder.atomicLong("x", 1)));
    }

    @Test
    void anIntegerTellsItsOrdersToo() {
        Recorder recorder = Recorder.create("bank");
        TrackedAtomicInteger x = recorder.atomicInteger("x", 0);
        recorder.fork("task").run(() -> {
            x.setOpaque(x.getOpaque() + 1);
            x.lazySet(x.getAcquire() + 1);
            x.setPlain(x.getPlain() + 1);
            x.weakCompareAndSetRelease(0, 1);
            x.incrementAndGet();
        });
        assertThat(Recorded.events(recorder, "task"))
                .extracting(RecordedEvent::order)
                .containsExactly(OPAQUE, OPAQUE, ACQUIRE, RELEASE, PLAIN, PLAIN, PLAIN, VOLATILE);
    }

    @Test
    void orderIsKeptBesideTheLastNameThatAnEventCanHave() {
        Segment segment = new Segment(1, false);
        for (EventKind kind : List.of(EventKind.ATOMIC_READ, EventKind.ATOMIC_WRITE, EventKind.ATOMIC_UPDATE)) {
            for (MemoryOrder order : MemoryOrder.values()) {
                int subject = Segment.marked(Segment.MAX_SUBJECT, order);
                segment.set(0, kind, subject, 0, 7, ValueType.MESSAGE, null);
                assertThat(segment.kind(0)).isEqualTo(kind);
                assertThat(segment.order(0)).isEqualTo(order);
                assertThat(segment.type(0)).isEqualTo(ValueType.MESSAGE);
                assertThat(segment.subject(0)).isEqualTo(Segment.MAX_SUBJECT);
            }
        }
        assertThat(Segment.marked(0, OPAQUE)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoAccessHasNoOrder(EventKind kind) {
        MemoryOrder usual = MemoryOrder.usual(kind);
        assertThat(event(kind, null).order()).isEqualTo(usual);
        if (usual == null) {
            assertThatThrownBy(() -> event(kind, VOLATILE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("order must be null for " + kind + ", which is no memory access, was VOLATILE");
        } else {
            assertThat(event(kind, OPAQUE).order()).isEqualTo(OPAQUE);
        }
    }

    private static RecordedEvent event(EventKind kind, @Nullable MemoryOrder order) {
        return new RecordedEvent(new Dot(0, 1), kind, order, "x", null, null, null, 0, null);
    }
}
