package io.clockwork.analysis.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Writes a JavaScript regular expression (ECMA-262 with annex B, without flag u) as one of java.util.regex. */
final class ScriptRegexTranslator {
    private static final int MAX_LENGTH = 10_000;
    /** What a dot matches in any text. */
    static final String DOT = "[^\\n\\r\\u2028\\u2029]";
    /** The same for texts without U+0085, which Java takes for a line's end; nine times as fast. */
    static final String FAST_DOT = ".";

    private static final String LINE_ENDS = "\\n\\r\\u2028\\u2029";
    private static final String SPACES =
            "\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
    private static final String LINE_START = "(?<![^" + LINE_ENDS + "])";
    private static final String LINE_END = "(?![^" + LINE_ENDS + "])";
    private static final String WORD_EDGE = "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))";
    private static final String NO_WORD_EDGE = "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";

    /*
     * java.util.regex can be stopped only when it reads the text, and it can try exponentially many ways without
     * reading any, such as for (|)(|)(|)...$. So every group and every alternative begins with a look at the character
     * before, which is always there (MatchText): then the ways tried are at most as many as the reads.
     */
    private static final String READ = "(?<=[\\x00-\\x{10FFFF}])";

    private final String source;
    private final String dot;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> groups = new HashMap<>();
    /** The numbers of the groups that are open, 0 for one that does not capture. */
    private final Deque<Integer> open = new ArrayDeque<>();

    private int groupCount;
    private int pos;
    /** Whether what was read last can be repeated. */
    private boolean repeatable;

    /** Creates a translator that writes {@code dot} for what matches anything but a line's end. */
    ScriptRegexTranslator(String source, String dot) {
        this.source = source;
        this.dot = dot;
    }

    /** {@return the groups that have names} */
    Map<String, Integer> groups() {
        return Map.copyOf(groups);
    }

    String translate() {
        if (source.length() > MAX_LENGTH) {
            throw new LogFormatException("the expression has " + source.length() + " characters, at most " + MAX_LENGTH
                    + " are allowed: " + Excerpt.of(source));
        }
        out.append(READ);
        while (pos < source.length()) {
            term(source.charAt(pos++));
        }
        if (!open.isEmpty()) {
            throw bad("a group is not closed");
        }
        return out.toString();
    }

    private void term(char c) {
        switch (c) {
            case '(' -> openGroup();
            case ')' -> closeGroup();
            case '|' -> {
                out.append('|').append(READ);
                repeatable = false;
            }
            case '^' -> assertion(LINE_START);
            case '$' -> assertion(LINE_END);
            case '.' -> atom(dot);
            case '[' -> characterClass();
            case '\\' -> escape();
            case '*', '+', '?' -> repeat(String.valueOf(c));
            case '{' -> brace();
            default -> atom(literal(c));
        }
    }

    private void atom(String translated) {
        out.append(translated);
        repeatable = true;
    }

    private void assertion(String translated) {
        out.append(translated);
        repeatable = false;
    }

    private void openGroup() {
        int number = 0;
        if (take("?:")) {
            out.append("(?:");
        } else if (take("?=")) {
            out.append("(?=");
        } else if (take("?!")) {
            out.append("(?!");
        } else if (take("?<=")) {
            out.append("(?<=");
        } else if (take("?<!")) {
            out.append("(?<!");
        } else {
            number = ++groupCount;
            out.append('(');
            if (take("?<")) {
                name(number);
            } else if (take("?")) {
                throw bad("unknown kind of group");
            }
        }
        open.push(number);
        out.append(READ);
        repeatable = false;
    }

    private void name(int number) {
        int end = source.indexOf('>', pos);
        if (end <= pos) {
            throw bad("a group has no name");
        }
        String name = source.substring(pos, end);
        if (!name.codePoints().allMatch(Character::isJavaIdentifierPart)) {
            throw bad("a group has the name " + Excerpt.of(name) + ", which is none");
        }
        if (groups.put(name, number) != null) {
            throw bad("two groups have the name " + Excerpt.of(name));
        }
        pos = end + 1;
    }

    private void closeGroup() {
        if (open.isEmpty()) {
            throw bad("a ) has no (");
        }
        open.pop();
        out.append(')');
        repeatable = true;
    }

    private void repeat(String quantifier) {
        if (!repeatable) {
            throw bad("there is nothing that " + Excerpt.of(quantifier) + " could repeat");
        }
        out.append(quantifier);
        if (take("?")) {
            out.append('?');
        }
        repeatable = false;
    }

    /** A brace is a quantifier only where it is a whole one, such as {@code {2,}}. */
    private void brace() {
        int end = pos;
        while (end < source.length() && isDigit(source.charAt(end))) {
            end++;
        }
        boolean quantifier = end > pos;
        if (quantifier && end < source.length() && source.charAt(end) == ',') {
            end++;
            while (end < source.length() && isDigit(source.charAt(end))) {
                end++;
            }
        }
        if (!quantifier || end == source.length() || source.charAt(end) != '}') {
            atom(literal('{'));
            return;
        }
        String text = source.substring(pos - 1, end + 1);
        pos = end + 1;
        repeat(text);
    }

    private void escape() {
        char c = escaped();
        switch (c) {
            case 'b' -> assertion(WORD_EDGE);
            case 'B' -> assertion(NO_WORD_EDGE);
            case 's' -> atom("[" + SPACES + "]");
            case 'S' -> atom("[^" + SPACES + "]");
            case 'd', 'D', 'w', 'W' -> atom("\\" + c);
            case 'k' -> {
                int end = source.indexOf('>', pos);
                if (!take("<") || end < 0) {
                    throw bad("a \\k has no name");
                }
                Integer group = groups.get(source.substring(pos, end));
                pos = end + 1;
                reference(group == null ? Integer.MAX_VALUE : group);
            }
            default -> {
                if (c >= '1' && c <= '9') {
                    int group = c - '0';
                    while (pos < source.length() && isDigit(source.charAt(pos)) && group < MAX_LENGTH) {
                        group = group * 10 + source.charAt(pos++) - '0';
                    }
                    reference(group);
                } else {
                    atom(literal(character(c)));
                }
            }
        }
    }

    private void reference(int group) {
        if (group > groupCount || open.contains(group)) {
            throw bad("a reference is not to a group that is complete at that place");
        }
        atom("(?:" + READ + "\\" + group + ")");
    }

    private void characterClass() {
        boolean negated = take("^");
        if (take("]")) {
            atom(negated ? "[\\x00-\\x{10FFFF}]" : "(?!)");
            return;
        }
        out.append(negated ? "[^" : "[");
        while (!take("]")) {
            String first = classAtom();
            if (pos + 1 < source.length() && source.charAt(pos) == '-' && source.charAt(pos + 1) != ']') {
                pos++;
                String last = classAtom();
                boolean range = isSingle(first) && isSingle(last);
                out.append(first).append(range ? "-" : "\\-").append(last);
            } else {
                out.append(first);
            }
        }
        out.append(']');
        repeatable = true;
    }

    /** {@return whether a translated class atom is one character, and so may bound a range} */
    private static boolean isSingle(String atom) {
        return atom.length() == 1 || (atom.startsWith("\\u") && atom.length() == 6);
    }

    private String classAtom() {
        if (pos == source.length()) {
            throw bad("a [ is not closed");
        }
        char c = source.charAt(pos++);
        if (c != '\\') {
            return literal(c);
        }
        c = escaped();
        return switch (c) {
            case 'd', 'D', 'w', 'W' -> "\\" + c;
            case 's' -> SPACES;
            case 'S' -> "[^" + SPACES + "]";
            case 'b' -> literal('\b');
            default -> literal(character(c));
        };
    }

    private char escaped() {
        if (pos == source.length()) {
            throw bad("it ends with a \\");
        }
        return source.charAt(pos++);
    }

    /** {@return the character that a backslash and {@code c} stand for} */
    private char character(char c) {
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> '\u000B';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case '0' -> '\0';
            case 'x' -> hex(2, 'x');
            case 'u' -> hex(4, 'u');
            case 'c' -> control();
            default -> c;
        };
    }

    /** {@return the character with that many hexadecimal digits; the letter itself if they are not there} */
    private char hex(int digits, char letter) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = pos + i < source.length() ? Character.digit(source.charAt(pos + i), 16) : -1;
            if (digit < 0) {
                return letter;
            }
            value = value * 16 + digit;
        }
        pos += digits;
        return (char) value;
    }

    private char control() {
        char c = pos < source.length() ? source.charAt(pos) : ' ';
        if (isLetter(c)) {
            pos++;
            return (char) (c % 32);
        }
        throw bad("a \\c has no letter");
    }

    private static String literal(char c) {
        return isDigit(c) || isLetter(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private boolean take(String expected) {
        if (source.startsWith(expected, pos)) {
            pos += expected.length();
            return true;
        }
        return false;
    }

    private LogFormatException bad(String reason) {
        return new LogFormatException(
                "the expression " + Excerpt.of(source) + " is wrong near character " + pos + ": " + reason);
    }
}
