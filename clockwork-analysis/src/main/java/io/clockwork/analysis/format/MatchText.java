package io.clockwork.analysis.format;

/**
 * A stretch of text as an expression sees it: after a line end, which is character 0, and paid for by the read.
 *
 * <p>The line end in front gives every place a character before it. {@link ScriptRegex} relies on that.
 */
final class MatchText implements CharSequence {
    private final String text;
    private final int from;
    private final int length;
    private final MatchBudget budget;

    MatchText(String text, int from, int to, MatchBudget budget) {
        this.text = text;
        this.from = from;
        this.length = to - from + 1;
        this.budget = budget;
    }

    /** {@return whether U+0085 is in this text; looks at all of it} */
    boolean hasNextLine() {
        int first = text.indexOf('\u0085', from);
        return first >= 0 && first < from + length - 1;
    }

    /** {@return where in the whole text the character at {@code index} is} */
    int offset(int index) {
        return from + index - 1;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        budget.read();
        return index == 0 ? '\n' : text.charAt(from + index - 1);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        return '\n' + text.substring(from, from + length - 1);
    }
}
