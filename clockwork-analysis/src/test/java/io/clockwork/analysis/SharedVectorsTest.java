package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SharedVectorsTest {
    /** Indexes near each other, far apart, and at the edges of what there is room for. */
    private static int index(Random random) {
        int spread = 1 + random.nextInt(29);
        int index = random.nextInt(1 << spread);
        return random.nextInt(20) == 0 ? SharedVectors.LIMIT - 1 - index : index;
    }

    @Property(tries = 300)
    void areLikeMapsOfTheirOwn(@ForAll long seed) {
        Random random = new Random(seed);
        SharedVectors vectors = new SharedVectors();
        List<Integer> numbers = new ArrayList<>(List.of(SharedVectors.EMPTY));
        List<TreeMap<Integer, Integer>> expected = new ArrayList<>(List.of(new TreeMap<>()));
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(numbers.size());
            TreeMap<Integer, Integer> map = new TreeMap<>(expected.get(from));
            vectors.begin(numbers.get(from));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                if (random.nextBoolean()) {
                    int other = random.nextInt(numbers.size());
                    vectors.merge(numbers.get(other));
                    expected.get(other).forEach((index, value) -> map.merge(index, value, Math::max));
                } else {
                    int index = index(random);
                    int value = 1 + random.nextInt(100);
                    vectors.raise(index, value);
                    map.merge(index, value, Math::max);
                }
            }
            numbers.add(vectors.end());
            expected.add(map);
        }
        for (int i = 0; i < numbers.size(); i++) {
            TreeMap<Integer, Integer> map = expected.get(i);
            Map<Integer, Integer> found = new TreeMap<>();
            vectors.forEach(numbers.get(i), found::put);
            assertThat(found).isEqualTo(map);
            assertThat(vectors.sum(numbers.get(i), 0, SharedVectors.LIMIT)).isEqualTo(sum(map));
            for (int k = 0; k < 20; k++) {
                int a = index(random);
                int b = index(random);
                assertThat(vectors.get(numbers.get(i), a)).isEqualTo(map.getOrDefault(a, 0));
                assertThat(vectors.sum(numbers.get(i), Math.min(a, b), Math.max(a, b)))
                        .isEqualTo(sum(map.subMap(Math.min(a, b), Math.max(a, b))));
            }
            for (Map.Entry<Integer, Integer> entry : map.entrySet()) {
                int index = entry.getKey();
                assertThat(vectors.get(numbers.get(i), index)).isEqualTo(entry.getValue());
                assertThat(vectors.sum(numbers.get(i), index, index + 1)).isEqualTo(entry.getValue());
            }
        }
    }

    private static int sum(Map<Integer, Integer> map) {
        return map.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void areTheSameWhenNothingRose() {
        SharedVectors vectors = new SharedVectors();
        vectors.begin(SharedVectors.EMPTY);
        vectors.raise(5, 3);
        vectors.raise(700, 4);
        int high = vectors.end();
        vectors.begin(SharedVectors.EMPTY);
        vectors.raise(5, 2);
        int low = vectors.end();
        vectors.begin(high);
        vectors.merge(low);
        vectors.merge(high);
        vectors.merge(SharedVectors.EMPTY);
        vectors.raise(700, 4);
        assertThat(vectors.end()).isEqualTo(high);
    }

    @Test
    void haveRoomForMany() {
        SharedVectors vectors = new SharedVectors();
        int vector = SharedVectors.EMPTY;
        for (int i = 0; i < 20_000; i++) {
            vectors.begin(vector);
            vectors.raise(i % 1000, i + 1);
            vector = vectors.end();
        }
        assertThat(vectors.get(vector, 999)).isEqualTo(20_000);
        assertThat(vectors.get(vector, 0)).isEqualTo(19_001);
    }
}
