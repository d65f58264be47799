package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedAtomicLong;
import io.clockwork.record.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What atomics order, and what not, by the order of each access. */
@SuppressWarnings("try") // scopes are there to be closed
class MemoryOrderRacesTest {
    private final Recorder recorder = Recorder.create("bank");
    private final Variable data = recorder.variable("data");
    private final TrackedAtomicLong flag = recorder.atomicLong("flag", 0);

    /** Runs two tasks one after the other on threads of their own, and tells the races. */
    private List<Race> races(Runnable first, Runnable second) {
        try (Scope trace = recorder.openTrace("main")) {
            Task one = recorder.fork("one");
            Task two = recorder.fork("two");
            TaskThreads.run(one, first);
            TaskThreads.run(two, second);
        }
        return Report.of(EventLog.of(recorder)).races();
    }

    private static void write(TrackedAtomicLong variable, MemoryOrder order) {
        switch (order) {
            case PLAIN -> variable.setPlain(1);
            case OPAQUE -> variable.setOpaque(1);
            case RELEASE -> variable.setRelease(1);
            default -> variable.set(1);
        }
    }

    private static void read(TrackedAtomicLong variable, MemoryOrder order) {
        long seen = switch (order) {
            case PLAIN -> variable.getPlain();
            case OPAQUE -> variable.getOpaque();
            case ACQUIRE -> variable.getAcquire();
            default -> variable.get();
        };
        assertThat(seen).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "OPAQUE, OPAQUE, LIKELY",
        "OPAQUE, ACQUIRE, LIKELY",
        "OPAQUE, VOLATILE, LIKELY",
        "RELEASE, OPAQUE, LIKELY",
        "VOLATILE, OPAQUE, LIKELY",
        "RELEASE, ACQUIRE, POSSIBLE",
        "RELEASE, VOLATILE, POSSIBLE",
        "VOLATILE, ACQUIRE, POSSIBLE",
        "VOLATILE, VOLATILE, POSSIBLE"
    })
    void aFlagOrdersWhatItPublishesOnlyByReleaseAndAcquire(MemoryOrder written, MemoryOrder read, Verdict verdict) {
        List<Race> races = races(
                () -> {
                    data.write(7);
                    write(flag, written);
                },
                () -> {
                    read(flag, read);
                    data.read(7);
                });
        assertThat(races).singleElement().satisfies(race -> {
            assertThat(race.variable()).isEqualTo("data");
            assertThat(race.verdict()).isEqualTo(verdict);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"OPAQUE", "RELEASE", "VOLATILE"})
    void aPlainReadBesideAnAtomicWriteIsACertainRace(MemoryOrder written) {
        assertThat(races(() -> write(flag, written), () -> read(flag, MemoryOrder.PLAIN)))
                .singleElement()
                .satisfies(race -> {
                    assertThat(race.variable()).isEqualTo("flag");
                    assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
                    assertThat(race.first().write()).isTrue();
                    assertThat(race.second().write()).isFalse();
                });
    }

    @Test
    void aPlainWriteBesideAnAtomicReadIsACertainRace() {
        assertThat(races(() -> write(flag, MemoryOrder.PLAIN), () -> read(flag, MemoryOrder.VOLATILE)))
                .singleElement()
                .satisfies(race -> assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN));
    }

    @Test
    void aPlainReadAfterAnAcquireIsNoCertainRace() {
        List<Race> races = races(() -> write(flag, MemoryOrder.RELEASE), () -> {
            read(flag, MemoryOrder.ACQUIRE);
            read(flag, MemoryOrder.PLAIN);
        });
        assertThat(races).extracting(Race::verdict).doesNotContain(Verdict.CERTAIN);
    }

    @Test
    void aPlainReadAfterAJoinIsNoRace() {
        try (Scope trace = recorder.openTrace("main")) {
            Task child = recorder.fork("child");
            child.run(() -> write(flag, MemoryOrder.VOLATILE));
            recorder.join(child);
            read(flag, MemoryOrder.PLAIN);
        }
        assertThat(Report.of(EventLog.of(recorder)).races()).isEmpty();
    }

    @Test
    void atomicsNeverRaceWithEachOtherInWhateverOrder() {
        List<Consumer<TrackedAtomicLong>> accesses = List.of(
                x -> x.weakCompareAndSetPlain(0, 1),
                x -> x.weakCompareAndSetPlain(5, 6),
                x -> x.weakCompareAndSetRelease(1, 2),
                x -> x.compareAndExchangeAcquire(2, 3),
                TrackedAtomicLong::incrementAndGet,
                x -> x.setOpaque(1),
                TrackedAtomicLong::getOpaque,
                x -> x.lazySet(2));
        List<Race> races = races(
                () -> accesses.forEach(access -> access.accept(flag)),
                () -> accesses.forEach(access -> access.accept(flag)));
        assertThat(races).isEmpty();
    }

    @Test
    void aLogTellsTheOrderOfEachAccess() {
        try (Scope trace = recorder.openTrace("main")) {
            data.write(1);
            flag.set(1);
            flag.setOpaque(1);
            flag.getAcquire();
            flag.getPlain();
            flag.lazySet(2);
            flag.get();
            recorder.event(EventKind.CUSTOM, "end", null);
        }
        EventLog log = EventLog.of(recorder);
        List<Object> expected = new ArrayList<>(List.of(
                MemoryOrder.PLAIN,
                MemoryOrder.VOLATILE,
                MemoryOrder.OPAQUE,
                MemoryOrder.ACQUIRE,
                MemoryOrder.PLAIN,
                MemoryOrder.RELEASE,
                MemoryOrder.VOLATILE));
        expected.add(0, "RESUME");
        expected.add("CUSTOM");
        for (EventLog each : List.of(log, log.byTrace().get(0))) {
            List<Object> orders = new ArrayList<>();
            for (int e = 0; e < each.size(); e++) {
                MemoryOrder order = each.order(e);
                orders.add(order == null ? each.kind(e).name() : order);
            }
            assertThat(orders).isEqualTo(expected);
        }
    }
}
