package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VectorTimestampTest {
    private static VectorTimestamp vector(String text) {
        return VectorTimestamp.parse(text);
    }

    @Nested
    class Comparing {
        @Test
        void tellsTheFourRelations() {
            assertThat(vector("a=1,b=5").compare(vector("a=2,b=5"))).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
            assertThat(vector("a=2,b=5").compare(vector("a=1,b=5"))).isEqualTo(CausalityRelation.HAPPENS_AFTER);
            assertThat(vector("a=1,b=5").compare(vector("a=2,b=4"))).isEqualTo(CausalityRelation.CONCURRENT);
            assertThat(vector("a=1,b=5").compare(vector("b=5,a=1"))).isEqualTo(CausalityRelation.EQUAL);
        }

        @Test
        void anAbsentNodeCountsAsZero() { // 3.1
            assertThat(vector("a=1").compare(vector("a=1,b=0"))).isEqualTo(CausalityRelation.EQUAL);
            assertThat(vector("").compare(vector("b=0"))).isEqualTo(CausalityRelation.EQUAL);
            assertThat(vector("a=1").compare(vector("b=1"))).isEqualTo(CausalityRelation.CONCURRENT);
            assertThat(vector("a=0").compare(vector("b=1"))).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
            assertThat(vector("a=1").compare(vector(""))).isEqualTo(CausalityRelation.HAPPENS_AFTER);
        }

        /** One difference at every position, and the owners at, beside and away from it. */
        @Test
        void findsADifferenceWhereverItIsAndWhoeverOwnsTheSides() {
            for (int width : List.of(1, 2, 31, 32, 33, 64, 70)) {
                Map<String, Long> counters = new HashMap<>();
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    ids.add(String.format("n%02d", i));
                    counters.put(ids.get(i), 5L);
                }
                for (int at = 0; at < width; at++) {
                    Map<String, Long> more = new HashMap<>(counters);
                    more.put(ids.get(at), 6L);
                    for (int mine : List.of(-1, 0, at, width - 1)) {
                        for (int theirs : List.of(-1, 0, at, width / 2)) {
                            VectorTimestamp smaller = owned(counters, ids, mine);
                            VectorTimestamp larger = owned(more, ids, theirs);
                            assertThat(smaller.compare(larger)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                            assertThat(larger.compare(smaller)).isEqualTo(CausalityRelation.HAPPENS_AFTER);
                            assertThat(smaller.compare(owned(counters, ids, theirs)))
                                    .isEqualTo(CausalityRelation.EQUAL);
                        }
                    }
                }
            }
        }

        private static VectorTimestamp owned(Map<String, Long> counters, List<String> ids, int owner) {
            if (owner < 0) {
                return VectorTimestamp.copyOf(counters);
            }
            // One tick below, so that the base of the owner's counter is stale.
            Map<String, Long> before = new HashMap<>(counters);
            before.merge(ids.get(owner), -1L, Long::sum);
            return VectorClock.restore(ids.get(owner), VectorTimestamp.copyOf(before))
                    .tick()
                    .timestamp();
        }

        @Test
        void comparesTheLargestCountersWithoutOverflow() {
            VectorTimestamp max = VectorTimestamp.of("a", Long.MAX_VALUE, "b", 0);
            assertThat(max.compare(VectorTimestamp.of("a", 0, "b", 0))).isEqualTo(CausalityRelation.HAPPENS_AFTER);
            assertThat(max.compare(VectorTimestamp.of("a", 0, "b", Long.MAX_VALUE)))
                    .isEqualTo(CausalityRelation.CONCURRENT);
        }
    }

    @Nested
    class Merging {
        @Test
        void takesTheLargerCounterOfEachNode() {
            assertThat(vector("a=1,b=5,c=0").merge(vector("a=2,b=4,d=0"))).hasToString("a=2,b=5,c=0,d=0");
        }

        @Test
        void belongsToNobody() {
            assertThat(VectorClock.of("a")
                            .tick()
                            .timestamp()
                            .merge(vector("b=1"))
                            .owner())
                    .isEmpty();
        }

        @Test
        void leavesBothSidesAsTheyWere() {
            VectorTimestamp a = VectorClock.of("a").tick().timestamp();
            VectorTimestamp b = vector("a=9,b=1");
            assertThat(a.merge(b)).hasToString("a=9,b=1");
            assertThat(a).hasToString("a=1");
            assertThat(b).hasToString("a=9,b=1");
        }
    }

    @Nested
    class Reading {
        @Test
        void countersAreFoundByNodeAndByPosition() {
            VectorTimestamp vector = vector("b=5,a=0");
            assertThat(vector.get("b")).isEqualTo(5);
            assertThat(vector.get("c")).isZero();
            assertThat(vector.contains("a")).isTrue();
            assertThat(vector.contains("c")).isFalse();
            assertThat(vector.size()).isEqualTo(2);
            assertThat(vector.nodeAt(1)).isEqualTo("b");
            assertThat(vector.counterAt(1)).isEqualTo(5);
            assertThat(vector.nodes()).containsExactly("a", "b");
        }

        @Test
        void theOwnerIsKnownForEventsOfAClock() {
            assertThat(VectorClock.of("a").tick().timestamp().owner()).contains("a");
            assertThat(vector("a=1").owner()).isEmpty();
        }

        @Test
        void theMapIsAViewInOrderThatCannotBeChanged() {
            Map<String, Long> map = vector("b=5,a=0").asMap();
            assertThat(map).containsExactly(Map.entry("a", 0L), Map.entry("b", 5L));
            assertThat(map.get("b")).isEqualTo(5);
            assertThat(map.get("c")).isNull();
            assertThat(map.containsKey("a")).isTrue();
            assertThat(map).isEqualTo(Map.of("a", 0L, "b", 5L)).hasSameHashCodeAs(Map.of("a", 0L, "b", 5L));
            for (Runnable change : List.<Runnable>of(
                    () -> map.put("c", 1L),
                    () -> map.remove("a"),
                    map::clear,
                    () -> map.entrySet().iterator().next().setValue(7L))) {
                assertThat(catchThrowableOfType(UnsupportedOperationException.class, change::run))
                        .isNotNull();
            }
            assertThat(catchThrowableOfType(
                            UnsupportedOperationException.class,
                            () -> vector("a=1").nodes().set(0, "b")))
                    .isNotNull();
        }

        @Test
        void theEmptyOneHasNoNodes() {
            assertThat(VectorTimestamp.empty().isEmpty()).isTrue();
            assertThat(VectorTimestamp.empty()).hasToString("").isEqualTo(vector(""));
            assertThat(vector("a=0").isEmpty()).isFalse();
        }
    }

    @Nested
    class Equality {
        @Test
        void holdsWhenTheRelationIsEqual() { // 3.1
            assertThat(vector("a=1,b=0")).isEqualTo(vector("a=1")).hasSameHashCodeAs(vector("a=1"));
            assertThat(vector("a=1")).isNotEqualTo(vector("a=2")).isNotEqualTo(vector("b=1"));
            assertThat(vector("a=1").equals(new Object())).isFalse();
        }

        @Test
        void doesNotAskForTheOwner() {
            VectorTimestamp event = VectorClock.of("a").tick().timestamp();
            assertThat(event).isEqualTo(vector("a=1")).hasSameHashCodeAs(vector("a=1"));
        }

        @Test
        void anExplicitZeroIsStillWritten() { // 3.1
            assertThat(vector("b=0,a=1")).hasToString("a=1,b=0");
        }
    }

    @Nested
    class Building {
        @Test
        void entriesMayComeInAnyOrder() {
            VectorTimestamp.Builder builder = VectorTimestamp.builder();
            for (int i = 9; i >= 0; i--) {
                builder.put("n" + i, i);
            }
            assertThat(builder.build()).hasToString("n0=0,n1=1,n2=2,n3=3,n4=4,n5=5,n6=6,n7=7,n8=8,n9=9");
        }

        @Test
        void aBuilderIsUsableAfterARefusalAndEmptyAfterBuild() {
            VectorTimestamp.Builder builder = VectorTimestamp.builder().put("a", 1);
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> builder.put("b", -1)))
                    .hasMessage("counter of node \"b\" must be from 0 to 9223372036854775807, was -1");
            VectorTimestamp first = builder.build();
            assertThat(builder.put("b", 2).build()).hasToString("b=2");
            assertThat(first).hasToString("a=1");
        }

        @Test
        void aMapIsCopied() {
            Map<String, Long> map = new HashMap<>(Map.of("a", 1L));
            VectorTimestamp vector = VectorTimestamp.copyOf(map);
            map.put("a", 2L);
            assertThat(vector).hasToString("a=1");
        }

        @Test
        void aNodeThatStandsTwiceIsRefused() {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> VectorTimestamp.of("a", 1, "a", 1)))
                    .hasMessage("node id \"a\" stands twice; give each node one counter");
        }
    }

    @Nested
    class Parsing {
        @Test
        void readsNumbersWithPlusAndLeadingZeros() { // 4.2
            assertThat(vector("b=+5,a=0007")).hasToString("a=7,b=5");
        }

        @Test
        void refusesMalformedTextWithTheReason() { // 4.3
            assertThat(reason("a")).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(reason("a=1,")).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(reason(",a=1")).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(reason("a,b=1")).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(reason("=1")).isEqualTo(Reason.EMPTY_ID);
            assertThat(reason("a=")).isEqualTo(Reason.BAD_NUMBER);
            assertThat(reason("a=1=2")).isEqualTo(Reason.BAD_NUMBER);
            assertThat(reason("a=\u0663")).isEqualTo(Reason.BAD_NUMBER);
            assertThat(reason("a=-1")).isEqualTo(Reason.BAD_NUMBER);
            assertThat(reason("a=9223372036854775808")).isEqualTo(Reason.COUNTER_OUT_OF_RANGE);
            assertThat(reason("a=1,b=2,a=1")).isEqualTo(Reason.DUPLICATE_ID);
            assertThat(reason("a\n=1")).isEqualTo(Reason.ILLEGAL_ID);
        }

        private static Reason reason(String text) {
            return catchThrowableOfType(CausalityCodecException.class, () -> VectorTimestamp.parse(text))
                    .reason();
        }
    }
}
