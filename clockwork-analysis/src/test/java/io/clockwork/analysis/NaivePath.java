package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The response path word by word as it is defined, recursive and quadratic: what the fast one must agree with. */
final class NaivePath {
    private final List<String> sections = new ArrayList<>();

    private NaivePath() {}

    static final class Span {
        private final int number;
        private final long started;
        private long start;
        private long end;
        final List<Span> children = new ArrayList<>();

        Span(int number, long start, long end) {
            this.number = number;
            this.started = start;
            this.start = start;
            this.end = end;
        }
    }

    /** {@return the sections of {@code root}, latest first} */
    static List<String> of(Span root) {
        NaivePath path = new NaivePath();
        path.clip(root);
        path.walk(root, root.end);
        return path.sections;
    }

    private void clip(Span parent) {
        parent.children.removeIf(
                child -> child.start >= parent.start ? child.start >= parent.end : child.end <= parent.start);
        for (Span child : parent.children) {
            child.start = Math.max(child.start, parent.start);
            child.end = Math.min(child.end, parent.end);
            clip(child);
        }
    }

    private long walk(Span span, long from) {
        long limit = from;
        while (true) {
            long last = limit;
            Span child = span.children.stream()
                    .filter(c -> c.end <= last)
                    .max(Comparator.<Span>comparingLong(c -> c.end)
                            .thenComparing(Comparator.<Span>comparingLong(c -> c.started)
                                    .thenComparingInt(c -> c.number)
                                    .reversed()))
                    .orElse(null);
            add(span, child == null ? span.start : child.end, limit);
            if (child == null) {
                return span.start;
            }
            span.children.remove(child);
            limit = walk(child, child.end);
        }
    }

    private void add(Span span, long from, long to) {
        if (from < to) {
            sections.add(span.number + " " + from + " " + to);
        }
    }
}
