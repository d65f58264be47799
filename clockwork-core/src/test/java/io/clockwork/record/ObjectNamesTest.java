package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
    private static final String[] GIVEN = {"a", "a#2", "a#3", "a#2#2", "a#02", "a#x", "a#", "#2", "", "b"};

    @Test
    void numberTheLaterOnes() {
        ObjectNames names = new ObjectNames();
        assertThat(names.next("a")).isEqualTo("a");
        assertThat(names.next("a")).isEqualTo("a#2");
        assertThat(names.next("b")).isEqualTo("b");
        assertThat(names.next("a")).isEqualTo("a#3");
    }

    @Property
    void areNeverGivenTwice(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNames names = new ObjectNames();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            String name = GIVEN[random.nextInt(GIVEN.length)];
            assertThat(seen.add(names.next(name))).as(name).isTrue();
        }
    }
}
