package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VectorTimestampBuilderTest {
    private static final VectorTimestamp KNOWN = VectorTimestamp.of("a", 1, "c", 2);

    @Test
    void sharesTheNodesThatWereExpected() {
        VectorTimestamp built =
                VectorTimestamp.builder(KNOWN).putNext(7).putNext(0).build();
        assertThat(built).hasToString("a=7,c=0");
        assertThat(built.nodes()).isSameAs(KNOWN.nodes());
    }

    @Test
    void takesAnotherNodeInThePlaceOfAnExpectedOne() {
        VectorTimestamp built = VectorTimestamp.builder(KNOWN)
                .putNext(7)
                .put("b", 8)
                .put("c", 9)
                .build();
        assertThat(built).hasToString("a=7,b=8,c=9");
    }

    @Test
    void takesAnotherNodeAfterAllExpectedOnes() {
        VectorTimestamp.Builder builder =
                VectorTimestamp.builder(KNOWN).putNext(7).putNext(8);
        assertThat(builder.put("b", 9).build()).hasToString("a=7,b=9,c=8");
    }

    @Test
    void takesFewerThanExpected() {
        assertThat(VectorTimestamp.builder(KNOWN).putNext(7).build()).hasToString("a=7");
        assertThat(VectorTimestamp.builder(KNOWN).build()).isSameAs(VectorTimestamp.empty());
    }

    @Test
    void refusesAnExpectedNodeThatIsPutAgain() {
        VectorTimestamp.Builder builder =
                VectorTimestamp.builder(KNOWN).putNext(7).put("a", 8);
        assertThatThrownBy(builder::build).hasMessage("node id \"a\" stands twice; give each node one counter");
    }

    @Test
    void refusesTheNextOfNone() {
        assertThatThrownBy(() -> VectorTimestamp.builder().putNext(1)).hasMessageStartingWith("no node is expected");
        VectorTimestamp.Builder full = VectorTimestamp.builder(KNOWN).putNext(1).putNext(2);
        assertThatThrownBy(() -> full.putNext(3)).hasMessage("no node is expected after entry 2; name it with put");
        VectorTimestamp.Builder astray = VectorTimestamp.builder(KNOWN).put("b", 1);
        assertThatThrownBy(() -> astray.putNext(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesACounterOutOfRangeAndGoesOn() {
        VectorTimestamp.Builder builder = VectorTimestamp.builder(KNOWN);
        assertThatThrownBy(() -> builder.putNext(-1))
                .hasMessage("counter of node \"a\" must be from 0 to 9223372036854775807, was -1");
        assertThat(builder.putNext(3).build()).hasToString("a=3");
    }

    @Test
    void isEmptyAfterBuilding() {
        VectorTimestamp.Builder builder =
                VectorTimestamp.builder(KNOWN).putNext(1).putNext(2);
        VectorTimestamp first = builder.build();
        assertThat(builder.size()).isZero();
        VectorTimestamp second = builder.put("z", 5).build();
        assertThat(builder.build()).isSameAs(VectorTimestamp.empty());
        assertThat(first).hasToString("a=1,c=2");
        assertThat(second).hasToString("z=5");
    }

    @Test
    void givesTheSameListOfNodesToAllTimestampsOfAClock() {
        AtomicVectorClock clock = AtomicVectorClock.of("b");
        VectorTimestamp learned = clock.receive(KNOWN);
        assertThat(clock.tick().nodes()).isSameAs(learned.nodes()).containsExactly("a", "b", "c");
        assertThat(clock.receive(VectorTimestamp.of("c", 9)).nodes()).isSameAs(learned.nodes());
        assertThatThrownBy(() -> learned.nodes().set(0, "z")).isInstanceOf(UnsupportedOperationException.class);
    }
}
