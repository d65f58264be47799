package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TrackedAtomicTest {
    private final Recorder recorder = Recorder.create("atomics");

    /** {@return the methods that the JDK's class has, with the tracked class's for each} */
    private static List<Method[]> methods(Class<?> ofJdk, Class<?> tracked) {
        List<Method[]> pairs = new ArrayList<>();
        for (Method method : ofJdk.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isAnnotationPresent(Deprecated.class)) {
                try {
                    pairs.add(new Method[] {
                        method, tracked.getDeclaredMethod(method.getName(), method.getParameterTypes())
                    });
                } catch (NoSuchMethodException e) {
                    throw new AssertionError(tracked + " has no " + method, e);
                }
            }
        }
        pairs.sort((a, b) -> a[0].toString().compareTo(b[0].toString()));
        return pairs;
    }

    /** Calls random methods with the same arguments on both. */
    private static void compare(Random random, Object ofJdk, Object tracked) throws ReflectiveOperationException {
        List<Method[]> methods = methods(ofJdk.getClass(), tracked.getClass());
        assertThat(methods).hasSizeGreaterThan(20);
        for (int i = 0; i < 200; i++) {
            Method[] pair = methods.get(random.nextInt(methods.size()));
            Object[] arguments = Arrays.stream(pair[0].getParameterTypes())
                    .map(type -> argument(type, random))
                    .toArray();
            assertThat(pair[1].invoke(tracked, arguments))
                    .as(() -> pair[0] + Arrays.toString(arguments))
                    .isEqualTo(pair[0].invoke(ofJdk, arguments));
            assertThat(tracked).hasToString(ofJdk.toString());
        }
    }

    private static Object argument(Class<?> type, Random random) {
        int number = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(3);
        if (type == long.class) {
            return random.nextInt(20) == 0 ? Long.MAX_VALUE : (long) number;
        } else if (type == int.class) {
            return number;
        } else if (type == LongUnaryOperator.class) {
            return (LongUnaryOperator) value -> value * 3 + 1;
        } else if (type == LongBinaryOperator.class) {
            return (LongBinaryOperator) (value, operand) -> value * 3 - operand;
        } else if (type == IntUnaryOperator.class) {
            return (IntUnaryOperator) value -> value * 3 + 1;
        } else if (type == IntBinaryOperator.class) {
            return (IntBinaryOperator) (value, operand) -> value * 3 - operand;
        } else if (type == UnaryOperator.class) {
            return (UnaryOperator<Object>) value -> "x".equals(value) ? "y" : "x";
        } else if (type == BinaryOperator.class) {
            return (BinaryOperator<Object>) (value, operand) -> "x".equals(value) ? operand : "x";
        }
        return number == 0 ? "x" : number == 1 ? "y" : "z";
    }

    @Property(tries = 50)
    void aLongDoesWhatTheJdksDoes(@ForAll long seed) throws ReflectiveOperationException {
        compare(new Random(seed), new AtomicLong(1), recorder.atomicLong("x", 1));
    }

    @Property(tries = 50)
    void anIntegerDoesWhatTheJdksDoes(@ForAll long seed) throws ReflectiveOperationException {
        compare(new Random(seed), new AtomicInteger(1), recorder.atomicInteger("x", 1));
    }

    @Property(tries = 50)
    void aReferenceDoesWhatTheJdksDoes(@ForAll long seed) throws ReflectiveOperationException {
        compare(new Random(seed), new AtomicReference<Object>("x"), recorder.atomicReference("x", "x"));
    }

    @Test
    void aReadNamesTheWriteThatItSaw() throws Exception {
        TrackedAtomicLong x = recorder.atomicLong("x", 7);
        Recorded.in(recorder, "early", x::get);
        Recorded.in(recorder, "writer", () -> {
            x.set(8);
            return true;
        });
        Recorded.in(recorder, "reader", x::get);
        Recorded.in(recorder, "loser", () -> x.compareAndSet(7, 9));
        Recorded.in(recorder, "winner", () -> x.compareAndSet(8, 9));
        Recorded.in(recorder, "last", () -> x.getAndAdd(1));

        Dot written = Recorded.event(recorder, "writer", EventKind.ATOMIC_WRITE).dot();
        RecordedEvent early = Recorded.event(recorder, "early", EventKind.ATOMIC_READ);
        assertThat(early.cause()).isNull();
        assertThat(early.value()).isEqualTo(7L);
        assertThat(early.subject()).isEqualTo("x");
        assertThat(Recorded.event(recorder, "reader", EventKind.ATOMIC_READ).cause())
                .isEqualTo(written);
        assertThat(Recorded.event(recorder, "loser", EventKind.ATOMIC_READ).cause())
                .isEqualTo(written);
        RecordedEvent won = Recorded.event(recorder, "winner", EventKind.ATOMIC_UPDATE);
        assertThat(won.cause()).isEqualTo(written);
        assertThat(won.value()).isEqualTo(9L);
        RecordedEvent last = Recorded.event(recorder, "last", EventKind.ATOMIC_UPDATE);
        assertThat(last.cause()).isEqualTo(won.dot());
        assertThat(last.value()).isEqualTo(10L);
    }

    @Test
    void aModeThatOrdersNothingNamesNothing() throws Exception {
        TrackedAtomicReference<String> x = recorder.atomicReference("x", "a");
        Recorded.in(recorder, "writer", () -> {
            x.set("b");
            return true;
        });
        Recorded.in(recorder, "plain reader", x::getPlain);
        Recorded.in(recorder, "opaque reader", x::getOpaque);
        Recorded.in(recorder, "acquirer", x::getAcquire);
        Recorded.in(recorder, "plain writer", () -> {
            x.setPlain("c");
            return true;
        });
        Recorded.in(recorder, "late acquirer", x::get);
        for (String reader : List.of("plain reader", "opaque reader", "late acquirer")) {
            RecordedEvent read = Recorded.event(
                    recorder, reader, reader.startsWith("plain") ? EventKind.READ : EventKind.ATOMIC_READ);
            assertThat(read.cause()).isNull();
            assertThat(read.value()).isEqualTo(reader.startsWith("late") ? "c" : "b");
        }
        assertThat(Recorded.event(recorder, "acquirer", EventKind.ATOMIC_READ).cause())
                .isEqualTo(Recorded.event(recorder, "writer", EventKind.ATOMIC_WRITE)
                        .dot());
    }

    @Test
    void aNumberInAModeThatOrdersNothingNamesNothing() throws Exception {
        TrackedAtomicLong x = recorder.atomicLong("x", 0);
        x.set(1);
        Recorded.in(recorder, "plain", x::getPlain);
        Recorded.in(recorder, "opaque", x::getOpaque);
        Recorded.in(recorder, "releasing update", () -> x.weakCompareAndSetRelease(1, 2));
        Recorded.in(recorder, "acquirer", x::getAcquire);
        Recorded.in(recorder, "acquiring update", () -> x.weakCompareAndSetAcquire(2, 3));
        Recorded.in(recorder, "nobody's follower", x::get);
        x.setOpaque(4);
        Recorded.in(recorder, "nobody's follower either", x::get);
        for (String task : List.of("plain", "opaque", "nobody's follower", "nobody's follower either")) {
            EventKind kind = task.equals("plain") ? EventKind.READ : EventKind.ATOMIC_READ;
            assertThat(Recorded.event(recorder, task, kind).cause()).as(task).isNull();
        }
        RecordedEvent released = Recorded.event(recorder, "releasing update", EventKind.ATOMIC_UPDATE);
        assertThat(released.cause()).isNull();
        assertThat(Recorded.event(recorder, "acquirer", EventKind.ATOMIC_READ).cause())
                .isEqualTo(released.dot());
        assertThat(Recorded.event(recorder, "acquiring update", EventKind.ATOMIC_UPDATE)
                        .cause())
                .isEqualTo(released.dot());
    }

    @Test
    void aFunctionMayUseTheVariableAndItsFailureChangesNothing() {
        TrackedAtomicInteger x = recorder.atomicInteger("x", 1);
        assertThat(x.updateAndGet(value -> value + x.get())).isEqualTo(2);
        assertThatThrownBy(() -> x.updateAndGet(value -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(x.intValue()).isEqualTo(2);
    }

    @Test
    void aReferenceIsKeptAsItsIdentity() throws Exception {
        Object hostile = new Object() {
            @Override
            public boolean equals(Object other) {
                throw new AssertionError("application code was called");
            }

            @Override
            public int hashCode() {
                throw new AssertionError("application code was called");
            }

            @Override
            public String toString() {
                throw new AssertionError("application code was called");
            }
        };
        TrackedAtomicReference<Object> x = recorder.atomicReference("x", hostile);
        Recorded.in(recorder, "task", () -> x.compareAndSet(hostile, hostile) && x.get() == hostile);
        assertThat(Recorded.event(recorder, "task", EventKind.ATOMIC_UPDATE).value())
                .asString()
                .contains("@");
    }

    @Test
    void worksWhenNothingMoreCanBeRecorded() {
        Recorder full = Recorder.builder("full").maxEvents(1).build();
        TrackedAtomicLong x = full.atomicLong("x", 0);
        for (int i = 0; i < 100; i++) {
            x.incrementAndGet();
        }
        assertThat(x.get()).isEqualTo(100);
        assertThat(full.recording().dropped()).isEqualTo(101);
    }
}
