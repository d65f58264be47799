package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of the response path, over generated trees of spans. */
class CriticalPathPropertyTest {
    /** Three numbers a span: where in the earlier spans its parent is, start, length. */
    @Property
    void tilesTheRootAsTheDefinitionSays(
            @ForAll @Size(max = 14) List<@IntRange(min = 0, max = 30_000) Integer> numbers) {
        SpanLog random = new SpanLog();
        List<NaivePath.Span> spans = new ArrayList<>();
        List<Integer> begins = new ArrayList<>();
        spans.add(new NaivePath.Span(0, 0, 12));
        begins.add(random.root("0", 0, 12));
        for (int number : numbers) {
            int parent = number / 400 % spans.size();
            int start = number % 20 - 3;
            int end = start + number / 20 % 20 % 11;
            spans.get(parent).children.add(new NaivePath.Span(spans.size(), start, end));
            spans.add(spans.get(parent).children.get(spans.get(parent).children.size() - 1));
            begins.add(random.child(begins.get(parent), String.valueOf(begins.size()), start, end));
        }

        CriticalPath path = CriticalPath.response(random.build()).get(0);

        assertThat(CriticalPathTest.latestFirst(path)).isEqualTo(NaivePath.of(spans.get(0)));
        assertThat(path.sections().stream()
                        .mapToLong(CriticalPath.Section::nanos)
                        .sum())
                .isEqualTo(path.elapsedNanos());
        long at = path.startNanos();
        for (CriticalPath.Section section : path.sections()) {
            assertThat(section.startNanos()).isEqualTo(at);
            at = section.endNanos();
        }
    }
}
