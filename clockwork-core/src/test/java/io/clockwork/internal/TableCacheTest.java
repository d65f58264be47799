package io.clockwork.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableCacheTest {
    private final TableCache<String> cache = new TableCache<>();

    @Test
    void findsByIdentityAlone() {
        List<String> nodes = List.of("a");
        cache.put(nodes, "made of a");
        assertThat(cache.get(nodes)).isEqualTo("made of a");
        assertThat(cache.get(List.of("a"))).isNull();
    }

    @Test
    void keepsTheLastFew() {
        List<List<String>> all = List.of(List.of("1"), List.of("2"), List.of("3"), List.of("4"), List.of("5"));
        assertThat(cache.latest()).isNull();
        for (List<String> nodes : all) {
            cache.put(nodes, nodes.get(0));
            assertThat(cache.latest()).isEqualTo(nodes.get(0));
        }
        assertThat(cache.get(all.get(0))).isNull();
        for (int age = 0; age < TableCache.SIZE; age++) {
            String made = all.get(4 - age).get(0);
            assertThat(cache.at(age)).isEqualTo(made);
            assertThat(cache.get(all.get(4 - age))).isEqualTo(made);
        }
        assertThat(cache.at(TableCache.SIZE)).isNull();
    }
}
