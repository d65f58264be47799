package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.RaceStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads executions in the std format of RAPID, a line an event, in batches of numbers as {@link RaceStream} takes them.
 *
 * <p>A line is {@code thread|operation(target)|site}. Operations are r, w, acq, rel, fork and join; begin, end, req, wait
 * and notify are events that order nothing. A thread is named T7 or 7. Other lines count as events that order nothing,
 * and are told of. The number of an event is that of its line, from 0.
 *
 * <p>Memory depends on the number of different names only. Not thread-safe.
 */
public final class StdReader implements RaceStream.Names {
    private static final int BUFFER = 1 << 18;
    private static final int MAX_LINE = 1 << 16;
    private static final long MAX_LINES = Integer.MAX_VALUE - 1;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long NEWLINES = '\n' * ONES;
    private static final long PARENTHESES = ')' * ONES;

    private final InputStream in;
    private final TextBuffer text = new TextBuffer(BUFFER);
    private final byte[] bytes = text.bytes;
    private int pos;
    private int end;
    private boolean ended;

    private final StdNames names;
    private final NumberLines numberLines;

    private long lines;
    private long malformed;
    private long firstMalformed;
    private String firstMalformedText = "";
    private long unknown;
    private long firstUnknown;
    private String firstUnknownText = "";

    private int[] batch = new int[0];
    private int filled;

    /** Creates a reader of {@code in}, which holds plain text. */
    public StdReader(InputStream in) {
        this(Objects.requireNonNull(in, "in"), new StdNames());
    }

    private StdReader(InputStream in, StdNames names) {
        this.in = in;
        this.names = names;
        numberLines = new NumberLines(bytes, names);
    }

    /** {@return a reader of what this one has read, once more, with the names and numbers of then} */
    StdReader again(InputStream in) {
        return new StdReader(in, names);
    }

    /**
     * Fills {@code into} with the next events, {@value RaceStream#INTS} ints each; returns how many ints, or -1 when there
     * are no more.
     *
     * @throws IOException if the input cannot be read
     * @throws LogFormatException if a line is longer than 65,536 bytes, or there are more than 2<sup>31</sup>&minus;2
     *     lines or 16,777,216 different names
     */
    public int read(int[] into) throws IOException {
        batch = into;
        filled = 0;
        int room = (int) Math.min(into.length / RaceStream.INTS, MAX_LINES - lines) * RaceStream.INTS;
        try {
            while (filled < room || lines == MAX_LINES) {
                readNumberLines(room);
                if (filled == room && lines < MAX_LINES) {
                    break;
                }
                int lineEnd = lineEnd();
                if (lineEnd < 0) {
                    return filled == 0 ? -1 : filled;
                }
                if (lines++ == MAX_LINES) {
                    throw new LogFormatException("more events than can be numbered");
                }
                int from = pos;
                pos = lineEnd + 1;
                line(from, lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd);
            }
        } catch (LogFormatException e) {
            throw new LogFormatException("line " + lines + ": " + e.getMessage(), e);
        }
        return filled;
    }

    private void readNumberLines(int room) {
        pos = numberLines.read(pos, end - NumberLines.REACH, batch, filled, room);
        lines += numberLines.lines();
        filled += numberLines.lines() * RaceStream.INTS;
    }

    /** {@return where the line at {@code pos} ends; -1 if there is none} */
    private int lineEnd() throws IOException {
        int from = pos;
        while (true) {
            int found = indexOf(NEWLINES, from, end);
            if (found < end) {
                return found;
            }
            if (end - pos > MAX_LINE) {
                lines++;
                throw new LogFormatException(
                        "is longer than " + MAX_LINE + " bytes, which no event is: " + excerpt(pos, pos + MAX_LINE));
            }
            if (ended) {
                return pos < end ? end : -1;
            }
            from = end;
            from -= refill();
        }
    }

    /** Makes room and reads on; returns by how much the rest of the text has moved. */
    private int refill() throws IOException {
        int moved = pos;
        System.arraycopy(bytes, pos, bytes, 0, end - pos);
        end -= moved;
        pos = 0;
        int read = in.read(bytes, end, BUFFER - end);
        if (read < 0) {
            ended = true;
        } else {
            end += read;
        }
        return moved;
    }

    /** {@return the index of the first byte that is as those of {@code pattern}, or {@code to} if there is none} */
    private int indexOf(long pattern, int from, int to) {
        for (int i = from; i < to; i += Long.BYTES) {
            long x = text.word(i) ^ pattern;
            long zeros = x - ONES & ~x & HIGHS;
            if (zeros != 0) {
                return Math.min(i + (Long.numberOfTrailingZeros(zeros) >>> 3), to);
            }
        }
        return to;
    }

    private void line(int from, int to) {
        int bar = from;
        while (bar < to && bytes[bar] != '|') {
            bar++;
        }
        int op = bar + 1;
        if (bar == from || op >= to) {
            malformed(from, to);
            return;
        }
        int thread = thread(from, bar);
        int name = op;
        while (name < to && bytes[name] != '(' && bytes[name] != '|') {
            name++;
        }
        int open = name + 1;
        int close = name;
        if (name < to && bytes[name] == '(') {
            close = indexOf(PARENTHESES, open, to);
            while (close + 1 < to && bytes[close + 1] != '|') {
                close = indexOf(PARENTHESES, close + 1, to);
            }
            if (close == to) {
                malformed(from, to);
                return;
            }
        }
        int operation = operation(op, name);
        int site = close + (close > name ? 2 : 1);
        int siteNumber = names.sites.numberOf(text, Math.min(site, to), to);
        if (operation != RaceStream.OTHER && close <= open) {
            malformed(from, to);
            return;
        }
        int target = switch (operation) {
            case RaceStream.READ, RaceStream.WRITE -> names.variables.numberOf(text, open, close);
            case RaceStream.ACQUIRE, RaceStream.RELEASE -> names.locks.numberOf(text, open, close);
            case RaceStream.FORK, RaceStream.JOIN -> thread(open, close);
            default -> 0;
        };
        event(operation, thread, target, siteNumber);
    }

    private void event(int operation, int thread, int target, int site) {
        batch[filled] = RaceStream.head(operation, thread);
        batch[filled + 1] = target;
        batch[filled + 2] = site;
        filled += RaceStream.INTS;
    }

    private int operation(int from, int to) {
        switch (to - from) {
            case 1 -> {
                if (bytes[from] == 'r') {
                    return RaceStream.READ;
                }
                if (bytes[from] == 'w') {
                    return RaceStream.WRITE;
                }
            }
            case 3 -> {
                if (is(from, "acq")) {
                    return RaceStream.ACQUIRE;
                }
                if (is(from, "rel")) {
                    return RaceStream.RELEASE;
                }
                if (is(from, "end") || is(from, "req")) {
                    return RaceStream.OTHER;
                }
            }
            case 4 -> {
                if (is(from, "fork")) {
                    return RaceStream.FORK;
                }
                if (is(from, "join")) {
                    return RaceStream.JOIN;
                }
                if (is(from, "wait")) {
                    return RaceStream.OTHER;
                }
            }
            default -> {
                if ((to - from == 5 && is(from, "begin")) || (to - from == 6 && is(from, "notify"))) {
                    return RaceStream.OTHER;
                }
            }
        }
        if (unknown++ == 0) {
            firstUnknown = lines;
            firstUnknownText = excerpt(from, to);
        }
        return RaceStream.OTHER;
    }

    private boolean is(int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the number of a thread; T7 and 7 are one} */
    private int thread(int from, int to) {
        if (bytes[from] != 'T' || to == from + 1) {
            return names.threads.numberOf(text, from, to);
        }
        for (int i = from + 1; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return names.threads.numberOf(text, from, to);
            }
        }
        return names.threads.numberOf(text, from + 1, to);
    }

    /** A line that cannot be read is an event of no thread: it is told of and only its number is used. */
    private void malformed(int from, int to) {
        if (malformed++ == 0) {
            firstMalformed = lines;
            firstMalformedText = excerpt(from, to);
        }
        event(RaceStream.NOTHING, 0, 0, 0);
    }

    private String excerpt(int from, int to) {
        return Excerpt.of(new String(bytes, from, Math.min(to - from, 256), StandardCharsets.UTF_8));
    }

    /** {@return what could not be used, so far} */
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> found = new ArrayList<>();
        if (malformed > 0) {
            found.add(new Diagnostic(
                    "MALFORMED_LINE",
                    malformed + (malformed == 1 ? " line is" : " lines are")
                            + " not of the form thread|operation(target)|location: the first is " + firstMalformedText,
                    (int) firstMalformed));
        }
        if (unknown > 0) {
            found.add(new Diagnostic(
                    "UNKNOWN_OPERATION",
                    unknown + (unknown == 1 ? " operation is" : " operations are")
                            + " unknown and taken to order nothing: the first is " + firstUnknownText,
                    (int) firstUnknown));
        }
        return found;
    }

    /** {@return the number of lines read so far} */
    public long lines() {
        return lines;
    }

    /** {@return how many threads are named so far} */
    public int threads() {
        return names.threads.size();
    }

    /** {@return how many variables are named so far} */
    public int variables() {
        return names.variables.size();
    }

    /** {@return how many locks are named so far} */
    public int locks() {
        return names.locks.size();
    }

    /** {@return how many locations are named so far} */
    public int sites() {
        return names.sites.size();
    }

    /** {@return the name of a thread, without the T in front of a number} */
    @Override
    public String thread(int number) {
        return names.thread(number);
    }

    /** {@return the name of a variable} */
    @Override
    public String variable(int number) {
        return names.variable(number);
    }

    /** {@return the name of a lock} */
    @Override
    public String lock(int number) {
        return names.lock(number);
    }

    /** {@return a location} */
    @Override
    public String site(int number) {
        return names.site(number);
    }
}
