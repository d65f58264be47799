package io.clockwork.analysis.internal;

/** Sentences about one thing or several. */
public final class Counted {
    private Counted() {}

    /**
     * Returns {@code count} and a sentence in which each {@code [one|several]} became its left side if it is about one, and its
     * right side otherwise: {@code [span has|spans have] no name}.
     */
    public static String of(long count, String sentence) {
        StringBuilder out =
                new StringBuilder(sentence.length() + 8).append(count).append(' ');
        int from = 0;
        for (int open = sentence.indexOf('['); open >= 0; open = sentence.indexOf('[', from)) {
            int bar = sentence.indexOf('|', open);
            int close = sentence.indexOf(']', bar);
            out.append(sentence, from, open);
            out.append(sentence, count == 1 ? open + 1 : bar + 1, count == 1 ? bar : close);
            from = close + 1;
        }
        return out.append(sentence, from, sentence.length()).toString();
    }
}
