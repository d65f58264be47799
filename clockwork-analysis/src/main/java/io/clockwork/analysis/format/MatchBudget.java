package io.clockwork.analysis.format;

/** How many characters an expression may look at while it goes over one text. */
final class MatchBudget {
    private static final long READS_PER_CHAR = 256;
    private static final long BASE_READS = 32_000_000;

    private final int length;
    private long left;

    /** Creates the budget for a text of {@code length} characters. */
    MatchBudget(int length) {
        this.length = length;
        this.left = BASE_READS + READS_PER_CHAR * length;
    }

    void read() {
        if (--left < 0) {
            throw new LogFormatException("the expression takes too long on this text: it looked at characters "
                    + (BASE_READS + READS_PER_CHAR * length) + " times, but there are only " + length
                    + " of them; simplify its nested or adjacent repetitions, such as (a+)+ or .*.*");
        }
    }
}
