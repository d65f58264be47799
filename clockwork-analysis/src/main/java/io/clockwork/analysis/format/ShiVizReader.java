package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;

/**
 * Reads a log with vector clocks: one trace for each execution, one task for each host of it, one event for each match
 * of the expression.
 *
 * <p>Time and memory are linear in the text, but for sorting the events of a host that are out of order.
 */
final class ShiVizReader {
    private final ShiVizPattern pattern;

    ShiVizReader(ShiVizPattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Adds the events of a text to a log.
     *
     * @return how many; 0 (and a finding NO_EVENT in the log) if the text is no such log
     * @throws LogFormatException if matching takes too much time or memory
     */
    int read(String text, EventLogBuilder log) {
        return new Reading(pattern, text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n")).read(log);
    }

    /** {@return whether JavaScript trims a character} */
    static boolean isSpace(char c) {
        return switch (c) {
            case '\t', '\n', '\u000B', '\f', '\r', ' ', '\uFEFF', '\u2028', '\u2029' -> true;
            default -> c >= 0xA0 && Character.getType(c) == Character.SPACE_SEPARATOR;
        };
    }

    /** The state of reading one text. */
    private static final class Reading {
        private final ShiVizPattern pattern;
        private final String text;
        private final MatchBudget budget;
        private final LineWalker lines;
        private final Findings findings = new Findings();
        private int events;

        Reading(ShiVizPattern pattern, String text) {
            this.pattern = pattern;
            this.text = text;
            budget = new MatchBudget(text.length());
            lines = new LineWalker(text);
        }

        int read(EventLogBuilder log) {
            executions(log);
            lines.report(findings);
            findings.addTo(log);
            return events;
        }

        private void executions(EventLogBuilder log) {
            int from = pattern.logStart(text);
            lines.pass(from);
            ScriptRegex delimiter = pattern.delimiterRegex();
            if (delimiter == null) {
                execution("", from, text.length(), true, log);
                return;
            }
            ScriptRegex.Search search = delimiter.in(new MatchText(text, from, text.length(), budget));
            String label = "";
            boolean named = delimiter.hasGroup("trace");
            int number = 0;
            while (search.next()) {
                execution(label, from, search.start(), number > 0, log);
                number++;
                int trace = named ? delimiter.group("trace") : 0;
                label = named ? text.substring(search.start(trace), search.end(trace)) : "execution " + number;
                from = search.end();
                lines.pass(from);
            }
            execution(label, from, text.length(), true, log);
        }

        /** Reads one execution; one that is not {@code announced} may be empty. */
        private void execution(String label, int start, int end, boolean announced, EventLogBuilder log) {
            int from = start;
            int to = end;
            while (from < to && isSpace(text.charAt(from))) {
                from++;
            }
            while (to > from && isSpace(text.charAt(to - 1))) {
                to--;
            }
            lines.pass(from);
            int line = lines.line();
            ShiVizExecution execution = new ShiVizExecution(text, findings);
            ScriptRegex.Search search = pattern.parserRegex().in(new MatchText(text, from, to, budget));
            boolean matched = false;
            while (search.next()) {
                lines.skip(search.start());
                execution.add(pattern, search, lines.line());
                lines.pass(search.end());
                matched = true;
            }
            lines.skip(end);
            if (matched || announced) {
                events += execution.addTo(log, log.trace(label));
            }
            if (!matched && announced && findings.wants("NO_EVENT")) {
                String where = label.isEmpty() ? "the text" : "execution " + Excerpt.of(label);
                findings.add("NO_EVENT", "the expression matches nothing in " + where, line);
            }
        }
    }
}
