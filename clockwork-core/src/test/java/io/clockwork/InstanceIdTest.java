package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstanceIdTest {
    @Test
    void aRestartIsANewComponent() {
        SecureRandom random = new SecureRandom();
        AtomicVectorClock before =
                AtomicVectorClock.of(InstanceId.start("orders", random).toString());
        VectorTimestamp lost = before.send();
        AtomicVectorClock after =
                AtomicVectorClock.of(InstanceId.start("orders", random).toString());
        assertThat(after.tick().compare(lost)).isEqualTo(CausalityRelation.CONCURRENT);
        assertThat(after.receive(lost).compare(lost)).isEqualTo(CausalityRelation.HAPPENS_AFTER);
    }

    @Test
    void isReadBackFromTheNodeId() {
        InstanceId id = InstanceId.start("orders#eu", new Random(1));
        assertThat(InstanceId.parse(id.toString())).contains(id);
        assertThat(id.name()).isEqualTo("orders#eu");
        assertThat(id.incarnation()).matches("[0-9a-z]{12}");
    }

    @Test
    void isNotSeenInAPlainName() {
        assertThat(InstanceId.parse("orders")).isEmpty();
        assertThat(InstanceId.parse("#1")).isEmpty();
        assertThat(InstanceId.parse("orders#")).isEmpty();
    }

    @Test
    void doesNotRepeat() {
        Random random = new Random(7);
        Set<InstanceId> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(InstanceId.start("orders", random))).isTrue();
        }
    }

    @Test
    void thatCouldNotNameANodeIsRefused() {
        assertThatThrownBy(() -> new InstanceId("orders", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name#incarnation");
        assertThatThrownBy(() -> new InstanceId("orders", "1#2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InstanceId("orders", "#2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InstanceId.start("or,ders", new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("','");
    }
}
