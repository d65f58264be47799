package io.clockwork.analysis.format;

/** Counts the lines of a text from its beginning on, and those of them that hold something that was not used. */
final class LineWalker {
    private final String text;
    private int pos;
    private int line = 1;

    private int unusedLines;
    private int lastUnusedLine;
    private int firstUnusedLine;
    private int firstUnused = -1;

    LineWalker(String text) {
        this.text = text;
    }

    /** Goes on to {@code to}, past text that was used. */
    void pass(int to) {
        if (to <= pos) {
            return;
        }
        for (int end = text.indexOf('\n', pos); end >= 0 && end < to; end = text.indexOf('\n', end + 1)) {
            line++;
        }
        pos = to;
    }

    /** Goes on to {@code to}, past text that was not used. */
    void skip(int to) {
        for (; pos < to; pos++) {
            char c = text.charAt(pos);
            if (c == '\n') {
                line++;
            } else if (lastUnusedLine != line && !ShiVizReader.isSpace(c)) {
                lastUnusedLine = line;
                unusedLines++;
                if (firstUnused < 0) {
                    firstUnused = pos;
                    firstUnusedLine = line;
                }
            }
        }
    }

    /** {@return the line that was reached, from 1} */
    int line() {
        return line;
    }

    /** Adds a finding that tells of the unused lines, if there are any. */
    void report(Findings findings) {
        if (unusedLines > 0 && findings.wants("TEXT_NOT_MATCHED")) {
            int end = text.indexOf('\n', firstUnused);
            findings.add(
                    "TEXT_NOT_MATCHED",
                    (unusedLines == 1 ? "one line holds" : unusedLines + " lines hold")
                            + " text that the expression does not match, which was left out: the first is "
                            + Excerpt.of(text, firstUnused, end < 0 ? text.length() : end),
                    firstUnusedLine);
        }
    }
}
