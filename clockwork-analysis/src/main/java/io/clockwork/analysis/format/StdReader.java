package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.RaceStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final int MAX_DIRECT = 1 << 16;
    private static final int MAX_DIGITS = 5;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long NEWLINES = '\n' * ONES;
    private static final long PARENTHESES = ')' * ONES;
    /** No line that {@link #shortLine} can read is longer, with the bytes that it looks at. */
    private static final int MAX_SHORT_LINE = 64;

    private static final int READ = '|' | 'r' << 8 | '(' << 16;
    private static final int WRITE = '|' | 'w' << 8 | '(' << 16;
    private static final int ACQUIRE = '|' | 'a' << 8 | 'c' << 16 | 'q' << 24;
    private static final int RELEASE = '|' | 'r' << 8 | 'e' << 16 | 'l' << 24;

    private final InputStream in;
    private final TextBuffer text = new TextBuffer(BUFFER);
    private final byte[] bytes = text.bytes;
    private int pos;
    private int end;
    private boolean ended;

    private final ByteNames threads = new ByteNames("threads");
    private final ByteNames variables = new ByteNames("variables");
    private final ByteNames locks = new ByteNames("locks");
    private final ByteNames sites = new ByteNames("locations");
    /** The numbers of threads whose names are small numbers, plus one. */
    private int[] numbered = new int[64];

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
        this.in = Objects.requireNonNull(in, "in");
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
        int room = into.length - into.length % RaceStream.INTS;
        try {
            while (filled < room) {
                if (end - pos >= MAX_SHORT_LINE && shortLine()) {
                    continue;
                }
                int lineEnd = lineEnd();
                if (lineEnd < 0) {
                    return filled == 0 ? -1 : filled;
                }
                if (++lines == Integer.MAX_VALUE) {
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

    /**
     * Reads the line at {@code pos} if it is as most are: T and digits, one of the six operations that order events, and
     * short names that end in the words in which they begin. Otherwise nothing has changed.
     */
    private boolean shortLine() {
        int first = pos + 1;
        int at = first;
        int thread = 0;
        for (int digit = bytes[at] - '0';
                digit >= 0 && digit <= 9 && at < first + MAX_DIGITS;
                digit = bytes[++at] - '0') {
            thread = thread * 10 + digit;
        }
        boolean isNumber = bytes[pos] == 'T' && at > first && (bytes[first] != '0' || at == first + 1);
        if (!isNumber || bytes[at] != '|' || thread >= numbered.length || numbered[thread] == 0) {
            return false;
        }
        int operation;
        int open;
        int start = (int) text.word(at);
        if ((start & 0xFFFFFF) == READ) {
            operation = RaceStream.READ;
            open = at + 3;
        } else if ((start & 0xFFFFFF) == WRITE) {
            operation = RaceStream.WRITE;
            open = at + 3;
        } else if ((start == ACQUIRE || start == RELEASE) && bytes[at + 4] == '(') {
            operation = start == ACQUIRE ? RaceStream.ACQUIRE : RaceStream.RELEASE;
            open = at + 5;
        } else {
            return false;
        }
        long target = text.word(open);
        int targetLength = lengthUntil(PARENTHESES, target);
        int site = open + targetLength + 2;
        if (targetLength == 0 || targetLength == Long.BYTES || bytes[site - 1] != '|') {
            return false;
        }
        long location = text.word(site);
        int length = lengthUntil(NEWLINES, location);
        if (length == 0
                || length == Long.BYTES
                || bytes[site + length - 1] == '\r'
                || lengthUntil(NEWLINES, target) < targetLength) {
            return false;
        }
        int siteNumber = sites.numberOf(location, length);
        int targetNumber = (operation <= RaceStream.WRITE ? variables : locks).numberOf(target, targetLength);
        if (siteNumber < 0 || targetNumber < 0) {
            return false;
        }
        lines++;
        pos = site + length + 1;
        event(operation, numbered[thread] - 1, targetNumber, siteNumber);
        return true;
    }

    /** {@return how many bytes of a word, the lowest first, are before the first that is as those of {@code pattern}} */
    private static int lengthUntil(long pattern, long word) {
        long x = word ^ pattern;
        return Long.numberOfTrailingZeros(x - ONES & ~x & HIGHS) >>> 3;
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
        int siteNumber = sites.numberOf(text, Math.min(site, to), to);
        if (operation != RaceStream.OTHER && close <= open) {
            malformed(from, to);
            return;
        }
        int target = switch (operation) {
            case RaceStream.READ, RaceStream.WRITE -> variables.numberOf(text, open, close);
            case RaceStream.ACQUIRE, RaceStream.RELEASE -> locks.numberOf(text, open, close);
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
        int start = bytes[from] == 'T' && to > from + 1 ? from + 1 : from;
        int value = 0;
        for (int i = start; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return threads.numberOf(text, from, to);
            }
            value = i - start < MAX_DIGITS ? value * 10 + digit : MAX_DIRECT;
        }
        if (value >= MAX_DIRECT || (bytes[start] == '0' && to > start + 1)) {
            return threads.numberOf(text, start, to);
        }
        if (value >= numbered.length) {
            numbered = Arrays.copyOf(numbered, Math.max(value + 1, numbered.length * 2));
        }
        if (numbered[value] == 0) {
            numbered[value] = threads.numberOf(text, start, to) + 1;
        }
        return numbered[value] - 1;
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
        return threads.size();
    }

    /** {@return how many variables are named so far} */
    public int variables() {
        return variables.size();
    }

    /** {@return how many locks are named so far} */
    public int locks() {
        return locks.size();
    }

    /** {@return how many locations are named so far} */
    public int sites() {
        return sites.size();
    }

    /** {@return the name of a thread, without the T in front of a number} */
    @Override
    public String thread(int number) {
        return threads.get(number);
    }

    /** {@return the name of a variable} */
    @Override
    public String variable(int number) {
        return variables.get(number);
    }

    /** {@return the name of a lock} */
    @Override
    public String lock(int number) {
        return locks.get(number);
    }

    /** {@return a location} */
    @Override
    public String site(int number) {
        return sites.get(number);
    }
}
