package io.clockwork.analysis.format;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A JavaScript regular expression (flags g and m) from an untrusted source, run by java.util.regex within a budget.
 *
 * <p>A match takes time proportional to its reads of the text, which {@link MatchBudget} limits, and as much stack as
 * it likes: whoever runs out of it gets a {@link LogFormatException}.
 */
final class ScriptRegex {
    private final Pattern pattern;
    /** The same for texts in which {@link MatchText#hasNextLine()} holds. */
    private final Pattern patternForNextLine;

    private final Map<String, Integer> groups;

    private ScriptRegex(Pattern pattern, Pattern patternForNextLine, Map<String, Integer> groups) {
        this.pattern = pattern;
        this.patternForNextLine = patternForNextLine;
        this.groups = groups;
    }

    /** {@return the compiled expression; throws {@link LogFormatException} if it is none} */
    static ScriptRegex compile(String expression) {
        ScriptRegexTranslator fast = new ScriptRegexTranslator(expression, ScriptRegexTranslator.FAST_DOT);
        ScriptRegexTranslator slow = new ScriptRegexTranslator(expression, ScriptRegexTranslator.DOT);
        try {
            Pattern pattern = Pattern.compile(fast.translate());
            return new ScriptRegex(pattern, Pattern.compile(slow.translate()), fast.groups());
        } catch (PatternSyntaxException e) {
            throw new LogFormatException("the expression " + Excerpt.of(expression)
                    + " is not one that can be used here: " + Excerpt.of(e.getDescription()));
        } catch (StackOverflowError e) {
            throw new LogFormatException("the expression " + Excerpt.of(expression) + " is nested too deeply");
        }
    }

    boolean hasGroup(String name) {
        return groups.containsKey(name);
    }

    /** {@return the number of the group with that name, which must exist} */
    int group(String name) {
        Integer group = groups.get(name);
        if (group == null) {
            throw new IllegalArgumentException("no group " + name + ", ask hasGroup first");
        }
        return group;
    }

    /** {@return a search of {@code text}} */
    Search in(MatchText text) {
        return new Search(text.hasNextLine() ? patternForNextLine : pattern, text);
    }

    /** The matches of an expression in a text, one after the other; places are those of the whole text. */
    static final class Search {
        private final MatchText text;
        private final Matcher matcher;

        private Search(Pattern pattern, MatchText text) {
            this.text = text;
            this.matcher = pattern.matcher(text)
                    .region(1, text.length())
                    .useTransparentBounds(true)
                    .useAnchoringBounds(false);
        }

        /** Goes on to the next match that has a character. {@return whether there is one} */
        boolean next() {
            try {
                while (matcher.find()) {
                    if (matcher.end() > matcher.start()) {
                        return true;
                    }
                }
                return false;
            } catch (StackOverflowError e) {
                throw new LogFormatException("the expression needs too much memory on this text: it repeats a group"
                        + " too often in one match; repeat a single character class instead, such as [^ ]*");
            }
        }

        int start() {
            return text.offset(matcher.start());
        }

        int end() {
            return text.offset(matcher.end());
        }

        /** {@return whether a group took part in the match} */
        boolean has(int group) {
            return matcher.start(group) >= 0;
        }

        /** {@return where a group begins, or the end of the match if it took no part in it} */
        int start(int group) {
            return has(group) ? text.offset(matcher.start(group)) : end();
        }

        /** {@return where a group ends, or the end of the match if it took no part in it} */
        int end(int group) {
            return has(group) ? text.offset(matcher.end(group)) : end();
        }
    }
}
