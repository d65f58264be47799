package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SiblingsTest {
    private static final VectorTimestamp NOTHING = VectorTimestamp.empty();

    private static Siblings<String> written(String node, String value) {
        return Siblings.<String>empty().put(NOTHING, node, value);
    }

    @Nested
    class Put {
        @Test
        void replacesWhatTheClientHadSeen() {
            Siblings<String> one = written("a", "x");
            Siblings<String> two = one.put(one.context(), "a", "y");
            assertThat(two.values()).containsExactly("y");
            assertThat(two.context()).isEqualTo(VectorTimestamp.of("a", 2));
        }

        @Test
        void keepsWhatTheClientHadNotSeen() {
            Siblings<String> both = written("a", "x").put(NOTHING, "a", "y");
            assertThat(both.values()).containsExactly("x", "y");
            assertThat(both.isConflicting()).isTrue();
        }

        @Test
        void doesNotExplodeWhenTwoClientsTakeTurnsOnOneServer() {
            // Plain version vectors keep every one of these writes: each is concurrent to the last of the other client.
            Siblings<String> state = Siblings.empty();
            VectorTimestamp mine = NOTHING;
            VectorTimestamp theirs = NOTHING;
            for (int i = 0; i < 100; i++) {
                state = state.put(mine, "a", "mine" + i);
                mine = state.context();
                state = state.put(theirs, "a", "theirs" + i);
                theirs = state.context();
                assertThat(state.versions()).hasSizeLessThanOrEqualTo(2);
            }
        }

        @Test
        void refusesAContextThatKnowsMoreOfTheNodeThanItself() {
            Siblings<String> state = written("a", "x");
            assertThatThrownBy(() -> state.put(VectorTimestamp.of("a", 2), "a", "y"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("context must count at most the 1 writes that node \"a\" has taken,"
                            + " it counts 2: forged, or the node lost its state");
        }

        @Test
        void refusesAFullCounterInsteadOfWrappingIt() {
            Siblings<String> state = Siblings.of(VectorTimestamp.of("a", Long.MAX_VALUE), List.of());
            assertThatThrownBy(() -> state.put(NOTHING, "a", "y")).isInstanceOf(ClockOverflowException.class);
            assertThat(state.put(NOTHING, "b", "y").values()).containsExactly("y");
        }

        @Test
        void refusesAnIllegalNode() {
            assertThatThrownBy(() -> written("a=b", "x")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Merge {
        @Test
        void keepsConcurrentWritesOfTwoReplicas() {
            Siblings<String> both = written("a", "x").merge(written("b", "y"));
            assertThat(both.values()).containsExactly("x", "y");
            assertThat(both.context()).isEqualTo(VectorTimestamp.of("a", 1, "b", 1));
        }

        @Test
        void doesNotBringBackWhatWasReplaced() {
            Siblings<String> old = written("a", "x");
            Siblings<String> replaced = old.put(old.context(), "a", "y");
            assertThat(old.merge(replaced).values()).containsExactly("y");
            assertThat(replaced.merge(old).values()).containsExactly("y");
        }

        @Test
        void doesNotBringBackWhatWasRemoved() {
            Siblings<String> old = written("a", "x");
            Siblings<String> removed = old.remove(old.context());
            assertThat(removed.values()).isEmpty();
            assertThat(old.merge(removed)).isEqualTo(removed);
        }

        @Test
        void refusesTwoValuesOfOneDot() {
            assertThatThrownBy(() -> written("a", "x").merge(written("a", "y")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("write 1 of node \"a\" must name one value, names two");
        }

        @Test
        void comparesArraysByContent() {
            Siblings<byte[]> one = Siblings.<byte[]>empty().put(NOTHING, "a", new byte[] {1});
            Siblings<byte[]> same = Siblings.<byte[]>empty().put(NOTHING, "a", new byte[] {1});
            assertThat(one.merge(same)).isEqualTo(one).hasSameHashCodeAs(same);
        }

        @Test
        void restoresANodeThatLostItsState() {
            Siblings<String> replica = written("a", "x");
            Siblings<String> lost = Siblings.<String>empty().merge(replica);
            assertThat(lost.put(replica.context(), "a", "y").values()).containsExactly("y");
        }
    }

    @Nested
    class Remove {
        @Test
        void keepsWhatTheClientHadNotSeen() {
            Siblings<String> one = written("a", "x");
            Siblings<String> both = one.put(NOTHING, "a", "y");
            assertThat(both.remove(one.context()).values()).containsExactly("y");
        }
    }

    @Nested
    class Resolve {
        private final Siblings<String> both = written("a", "x").merge(written("b", "y"));

        @Test
        void writesTheMergedValueInPlaceOfAll() {
            Siblings<String> resolved = both.resolve("a", MergeStrategy.merging(String::concat));
            assertThat(resolved.values()).containsExactly("xy");
            assertThat(resolved.merge(both)).isEqualTo(resolved);
        }

        @Test
        void keepsWhatWasWrittenMeanwhileElsewhere() {
            Siblings<String> elsewhere = both.put(both.context(), "b", "z");
            Siblings<String> resolved = both.resolve("a", MergeStrategy.merging(String::concat));
            assertThat(resolved.merge(elsewhere).values()).containsExactly("xy", "z");
        }

        @Test
        void changesNothingWithoutAConflict() {
            Siblings<String> one = written("a", "x");
            assertThat(one.resolve("b", MergeStrategy.merging(String::concat))).isSameAs(one);
        }

        @Test
        void comesToRestWhenReplicasResolveAlike() {
            MergeStrategy<String> last = MergeStrategy.lastWriter(Comparator.naturalOrder());
            Siblings<String> a = both.resolve("a", last);
            Siblings<String> b = both.resolve("b", last);
            Siblings<String> onA = a.merge(b).resolve("a", last);
            Siblings<String> onB = b.merge(a).resolve("b", last);
            assertThat(onA).isEqualTo(onB);
            assertThat(onA.values()).containsExactly("y");
            assertThat(onA.merge(onB)).isEqualTo(onA);
        }

        @Test
        void readsAMergedValueWithoutWritingIt() {
            assertThat(both.value(MergeStrategy.lastWriter(Comparator.naturalOrder())))
                    .contains("y");
            assertThat(written("a", "x").value(MergeStrategy.merging(String::concat)))
                    .contains("x");
            assertThat(Siblings.<String>empty().value(MergeStrategy.merging(String::concat)))
                    .isEmpty();
        }

        @Test
        void keepsTheLastOfEqualsUnderLastWriter() {
            MergeStrategy<String> byLength = MergeStrategy.lastWriter(Comparator.comparingInt(String::length));
            assertThat(byLength.merge(List.of("x", "y"))).isEqualTo("y");
            assertThat(byLength.merge(List.of("xx", "y"))).isEqualTo("xx");
        }

        @Test
        void unitesSets() {
            Siblings<Set<String>> a = Siblings.<Set<String>>empty().put(NOTHING, "a", Set.of("milk"));
            Siblings<Set<String>> b = Siblings.<Set<String>>empty().put(NOTHING, "b", Set.of("milk", "tea"));
            assertThat(a.merge(b).resolve("a", MergeStrategy.union()).values()).containsExactly(Set.of("milk", "tea"));
        }
    }

    @Nested
    class State {
        @Test
        void goesThroughItsParts() {
            Siblings<String> both = written("a", "x").put(NOTHING, "a", "y");
            assertThat(Siblings.of(both.context(), both.versions()))
                    .isEqualTo(both)
                    .hasSameHashCodeAs(both)
                    .hasToString("{a#1: x, a#2: y} of a=2");
        }

        @Test
        void isTheSameInWhateverOrderThePartsCome() {
            Siblings<String> both = written("b", "x").put(NOTHING, "a", "y");
            var backwards = new ArrayList<>(both.versions());
            Collections.reverse(backwards);
            assertThat(Siblings.of(both.context(), backwards)).isEqualTo(both).hasToString(both.toString());
        }

        @Test
        void spreadsOverTheHashCodes() {
            assertThat(List.of(written("a", "x"), written("a", "y"), written("b", "x")))
                    .extracting(Object::hashCode)
                    .doesNotHaveDuplicates();
        }

        @Test
        void refusesAVersionOutsideTheContext() {
            assertThatThrownBy(() -> Siblings.of(NOTHING, List.of(new Siblings.Version<>("a", 1, "x"))))
                    .hasMessage("context must count write 1 of node \"a\", it counts 0;"
                            + " save context() and versions() together");
        }

        @Test
        void refusesADotThatStandsTwice() {
            var version = new Siblings.Version<>("a", 1, "x");
            assertThatThrownBy(() -> Siblings.of(VectorTimestamp.of("a", 1), List.of(version, version)))
                    .hasMessage("write 1 of node \"a\" stands twice; each version has a dot of its own");
        }

        @Test
        void refusesAVersionWithoutACount() {
            assertThatThrownBy(() -> new Siblings.Version<>("a", 0, "x"))
                    .hasMessage("counter of a version must be from 1 to 9223372036854775807, was 0;"
                            + " the first write of a node counts 1");
        }

        @Test
        void differsByVersionsAndByContext() {
            Siblings<String> one = written("a", "x");
            assertThat(one)
                    .isNotEqualTo(written("b", "x"))
                    .isNotEqualTo(written("a", "y"))
                    .isNotEqualTo(one.remove(one.context()))
                    .isNotEqualTo(one.remove(VectorTimestamp.of("c", 1)))
                    .isNotEqualTo("x");
        }
    }
}
