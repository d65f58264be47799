package io.clockwork;

import static io.clockwork.CausalityRelation.CONCURRENT;
import static io.clockwork.CausalityRelation.EQUAL;
import static io.clockwork.CausalityRelation.HAPPENS_AFTER;
import static io.clockwork.CausalityRelation.HAPPENS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CausalityRelationTest {
    @Test
    void theInverseIsTheRelationOfTheSidesExchanged() {
        assertThat(HAPPENS_BEFORE.inverse()).isEqualTo(HAPPENS_AFTER);
        assertThat(HAPPENS_AFTER.inverse()).isEqualTo(HAPPENS_BEFORE);
        assertThat(CONCURRENT.inverse()).isEqualTo(CONCURRENT);
        assertThat(EQUAL.inverse()).isEqualTo(EQUAL);
    }

    @Test
    void onlyBeforeAndAfterAreCausal() {
        assertThat(CausalityRelation.values())
                .filteredOn(CausalityRelation::isCausal)
                .containsExactlyInAnyOrder(HAPPENS_BEFORE, HAPPENS_AFTER);
    }

    @Test
    void onlyConcurrentIsConcurrent() {
        assertThat(CausalityRelation.values())
                .filteredOn(CausalityRelation::isConcurrent)
                .containsExactly(CONCURRENT);
    }

    @Test
    void eachHasItsSymbol() {
        assertThat(CausalityRelation.values())
                .extracting(CausalityRelation::symbol)
                .containsExactlyInAnyOrder("\u2192", "\u2190", "\u2225", "=");
        assertThat(HAPPENS_BEFORE.symbol()).isEqualTo("\u2192");
        assertThat(HAPPENS_AFTER.symbol()).isEqualTo("\u2190");
        assertThat(EQUAL.symbol()).isEqualTo("=");
    }
}
