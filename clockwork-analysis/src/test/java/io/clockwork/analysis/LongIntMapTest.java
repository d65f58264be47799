package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LongIntMapTest {
    @Property(tries = 200)
    void isLikeAMap(@ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, Integer> expected = new HashMap<>();
        LongIntMap map = new LongIntMap();
        for (int i = 0; i < 300; i++) {
            long key = (long) random.nextInt(40) << 32 | random.nextInt(10);
            assertThat(map.getOrDefault(key, -7)).isEqualTo(expected.getOrDefault(key, -7));
            map.put(key, i);
            expected.put(key, i);
        }
        expected.forEach((key, value) -> assertThat(map.getOrDefault(key, -7)).isEqualTo(value));
    }
}
