package io.clockwork;

import static io.clockwork.CausalityRelation.CONCURRENT;
import static io.clockwork.CausalityRelation.EQUAL;
import static io.clockwork.CausalityRelation.HAPPENS_AFTER;
import static io.clockwork.CausalityRelation.HAPPENS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.testing.ClockArbitraries;
import io.clockwork.testing.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Laws of every vector timestamp, over maps and over snapshots of executions. */
class VectorTimestampPropertyTest {
    /** A timestamp together with what it must say: the model is made beside it, never read from it. */
    record Sample(VectorTimestamp timestamp, Map<String, Long> model) {}

    /** Timestamps without an owner, from the entries of a map. */
    private static Arbitrary<Sample> ownerless() {
        return ClockArbitraries.entries(6).map(model -> new Sample(VectorTimestamp.copyOf(model), model));
    }

    /** Timestamps of a clock that ticked, so that the owner's counter stands beside its base. */
    private static Arbitrary<Sample> owned() {
        return Combinators.combine(
                        ClockArbitraries.entries(6),
                        Arbitraries.of("a", "b", "z", "\uFFFF"),
                        Arbitraries.integers().between(0, 2))
                .as((entries, owner, ticks) -> {
                    Map<String, Long> model = new HashMap<>(entries);
                    model.merge(owner, 0L, (own, zero) -> Math.min(own, Long.MAX_VALUE - 2));
                    VectorClock clock = VectorClock.restore(owner, VectorTimestamp.copyOf(model));
                    for (int i = 0; i < ticks; i++) {
                        clock = clock.tick();
                        model.merge(owner, 1L, Long::sum);
                    }
                    return new Sample(clock.timestamp(), model);
                });
    }

    /** Wide timestamps of the same content in different tables, or of one table, that differ in a few places. */
    private static Arbitrary<Sample> wide() {
        return Combinators.combine(
                        Arbitraries.of(31, 32, 33, 70),
                        Arbitraries.maps(
                                        Arbitraries.integers().between(0, 69),
                                        Arbitraries.longs().between(0, 3))
                                .ofMaxSize(3),
                        Arbitraries.integers().between(-1, 69))
                .as((width, changes, owner) -> {
                    Map<String, Long> model = new HashMap<>();
                    for (int i = 0; i < width; i++) {
                        model.put(String.format("n%02d", i), changes.getOrDefault(i, 1L));
                    }
                    VectorTimestamp timestamp = VectorTimestamp.copyOf(model);
                    if (owner < 0) {
                        return new Sample(timestamp, model);
                    }
                    String node = String.format("n%02d", owner);
                    model.merge(node, 1L, Long::sum);
                    return new Sample(
                            VectorClock.restore(node, timestamp).tick().timestamp(), model);
                });
    }

    /** Snapshots of one execution: they share tables, bases and the past. */
    private static Arbitrary<Sample> snapshots() {
        return Combinators.combine(
                        Execution.executions(20), Arbitraries.integers().between(0, 19))
                .as((execution, pick) -> {
                    VectorTimestamp timestamp = execution
                            .events()
                            .get(pick % execution.events().size())
                            .vector();
                    return new Sample(
                            timestamp,
                            new HashMap<>(
                                    VectorTimestamp.parse(timestamp.toString()).asMap()));
                });
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, ownerless()), Tuple.of(3, owned()), Tuple.of(2, wide()), Tuple.of(2, snapshots()));
    }

    /** Two timestamps over one table: what one clock, or another that was restored from it, goes on to say. */
    @Provide
    Arbitrary<List<Sample>> sameTable() {
        Arbitrary<String> nodes = Arbitraries.of("a", "b", "c");
        return Combinators.combine(
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(0, 3),
                        nodes.list().ofMaxSize(4),
                        nodes.list().ofMaxSize(4))
                .as((a, b, left, right) -> {
                    Map<String, Long> model = Map.of("a", a, "b", b, "c", 1L);
                    VectorTimestamp base = VectorTimestamp.copyOf(model);
                    return List.of(advance(base, model, left), advance(base, model, right));
                });
    }

    private static Sample advance(VectorTimestamp base, Map<String, Long> start, List<String> ticks) {
        VectorTimestamp timestamp = base;
        Map<String, Long> model = new HashMap<>(start);
        for (String node : ticks) {
            timestamp = VectorClock.restore(node, timestamp).tick().timestamp();
            model.merge(node, 1L, Long::sum);
        }
        return new Sample(timestamp, model);
    }

    private static CausalityRelation bruteForce(Map<String, Long> a, Map<String, Long> b) {
        Set<String> ids = new HashSet<>(a.keySet());
        ids.addAll(b.keySet());
        boolean below = false;
        boolean above = false;
        for (String id : ids) {
            long left = a.getOrDefault(id, 0L);
            long right = b.getOrDefault(id, 0L);
            below |= left < right;
            above |= left > right;
        }
        return below ? (above ? CONCURRENT : HAPPENS_BEFORE) : above ? HAPPENS_AFTER : EQUAL;
    }

    private static void comparesAsItsModel(Sample a, Sample b) {
        CausalityRelation expected = bruteForce(a.model(), b.model());
        assertThat(a.timestamp().compare(b.timestamp())).isEqualTo(expected);
        assertThat(b.timestamp().compare(a.timestamp())).isEqualTo(expected.inverse());
        assertThat(a.timestamp().equals(b.timestamp())).isEqualTo(expected == EQUAL);
        if (expected == EQUAL) {
            assertThat(a.timestamp()).hasSameHashCodeAs(b.timestamp());
        }
    }

    @Property
    void aTimestampSaysWhatItWasMadeOf(@ForAll("samples") Sample sample) {
        assertThat(sample.timestamp().asMap()).isEqualTo(sample.model());
        sample.model()
                .forEach((id, counter) -> assertThat(sample.timestamp().get(id)).isEqualTo(counter));
        List<String> byUtf8 = new ArrayList<>(sample.model().keySet());
        byUtf8.sort((x, y) -> Arrays.compareUnsigned(ClockArbitraries.utf8(x), ClockArbitraries.utf8(y)));
        assertThat(sample.timestamp().nodes()).isEqualTo(byUtf8);
    }

    @Property
    void compareIsThatOfTheMaps(@ForAll("samples") Sample a, @ForAll("samples") Sample b) {
        comparesAsItsModel(a, b);
    }

    @Property
    void compareIsThatOfTheMapsOverOneTable(@ForAll("sameTable") List<Sample> pair) {
        comparesAsItsModel(pair.get(0), pair.get(1));
    }

    @Property
    void compareIsThatOfTheMapsOverTablesOfTheSameContent(@ForAll("sameTable") List<Sample> pair) {
        VectorTimestamp rebuilt = VectorTimestamp.parse(pair.get(1).timestamp().toString());
        comparesAsItsModel(pair.get(0), new Sample(rebuilt, pair.get(1).model()));
        VectorTimestamp owned = VectorClock.restore("b", rebuilt).timestamp();
        comparesAsItsModel(pair.get(0), new Sample(owned, pair.get(1).model()));
    }

    @Property
    void theOrderIsPartial(@ForAll("samples") Sample x, @ForAll("samples") Sample y, @ForAll("samples") Sample z) {
        VectorTimestamp a = x.timestamp();
        // Merges, so that chains are not rare.
        VectorTimestamp b = a.merge(y.timestamp());
        VectorTimestamp c = b.merge(z.timestamp());
        assertThat(a.compare(a)).isEqualTo(EQUAL);
        assertThat(a.compare(b)).isIn(HAPPENS_BEFORE, EQUAL);
        assertThat(a.compare(c)).isEqualTo(a.compare(b) == EQUAL ? b.compare(c) : HAPPENS_BEFORE);
    }

    @Property
    void relationsOfThreeAreTransitive(
            @ForAll("samples") Sample x, @ForAll("samples") Sample y, @ForAll("samples") Sample z) {
        VectorTimestamp a = x.timestamp();
        VectorTimestamp b = y.timestamp();
        VectorTimestamp c = z.timestamp();
        if (a.compare(b) == HAPPENS_BEFORE && b.compare(c) == HAPPENS_BEFORE) {
            assertThat(a.compare(c)).isEqualTo(HAPPENS_BEFORE);
        }
        if (a.compare(b) == EQUAL) {
            assertThat(a.compare(c)).isEqualTo(b.compare(c));
        }
    }

    @Property
    void mergeIsIdempotent(@ForAll("samples") Sample a) {
        assertThat(a.timestamp().merge(a.timestamp()))
                .isEqualTo(a.timestamp())
                .hasToString(a.timestamp().toString());
    }

    @Property
    void mergeIsCommutative(@ForAll("samples") Sample a, @ForAll("samples") Sample b) {
        assertThat(a.timestamp().merge(b.timestamp()))
                .hasToString(b.timestamp().merge(a.timestamp()).toString());
    }

    @Property
    void mergeIsAssociative(@ForAll("samples") Sample a, @ForAll("samples") Sample b, @ForAll("samples") Sample c) {
        assertThat(a.timestamp().merge(b.timestamp()).merge(c.timestamp()))
                .hasToString(
                        a.timestamp().merge(b.timestamp().merge(c.timestamp())).toString());
    }

    @Property
    void mergeIsTheLeastUpperBound(
            @ForAll("samples") Sample a, @ForAll("samples") Sample b, @ForAll("samples") Sample c) {
        VectorTimestamp join = a.timestamp().merge(b.timestamp());
        Map<String, Long> model = new HashMap<>(a.model());
        b.model().forEach((id, counter) -> model.merge(id, counter, Math::max));
        assertThat(join.asMap()).isEqualTo(model);
        assertThat(a.timestamp().compare(join)).isIn(HAPPENS_BEFORE, EQUAL);
        assertThat(b.timestamp().compare(join)).isIn(HAPPENS_BEFORE, EQUAL);
        VectorTimestamp bound = join.merge(c.timestamp());
        assertThat(join.compare(bound)).isIn(HAPPENS_BEFORE, EQUAL);
        assertThat(join.compare(bound) == EQUAL)
                .isEqualTo(c.timestamp().compare(join) != HAPPENS_AFTER
                        && c.timestamp().compare(join) != CONCURRENT);
    }

    @Property
    void equalityIsThatOfTheNonZeroEntries(@ForAll("samples") Sample a, @ForAll("samples") Sample b) {
        VectorTimestamp.Builder withZeros = VectorTimestamp.builder();
        a.model().forEach(withZeros::put);
        b.model().keySet().stream().filter(id -> !a.model().containsKey(id)).forEach(id -> withZeros.put(id, 0));
        VectorTimestamp.Builder withoutZeros = VectorTimestamp.builder();
        a.model().forEach((id, counter) -> {
            if (counter != 0) {
                withoutZeros.put(id, counter);
            }
        });
        for (VectorTimestamp same : List.of(withZeros.build(), withoutZeros.build())) {
            assertThat(a.timestamp()).isEqualTo(same).hasSameHashCodeAs(same);
            assertThat(a.timestamp().compare(same)).isEqualTo(EQUAL);
        }
    }

    @Property
    void parsingIsTheInverseOfWriting(@ForAll("samples") Sample a) {
        VectorTimestamp read = VectorTimestamp.parse(a.timestamp().toString());
        assertThat(read.asMap()).isEqualTo(a.model());
        assertThat(read).hasToString(a.timestamp().toString());
    }
}
