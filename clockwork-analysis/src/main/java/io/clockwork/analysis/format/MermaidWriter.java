package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a sequence diagram. Mermaid takes 50,000 characters and people far fewer arrows, so what is too much is collapsed:
 * first tasks to their services, then all but the first arrows are left out; the diagram says so.
 */
final class MermaidWriter {
    private static final int MAX_TASKS = 24;
    private static final int MAX_ARROWS = 400;
    private static final int MAX_NOTES = 100;
    private static final int MAX_LABEL = 40;
    private static final int MAX_PARTICIPANTS = 60;

    private final EventLog log;
    private final Losses losses;
    private final StringBuilder notices = new StringBuilder();
    private boolean byService;

    MermaidWriter(EventLog log, Losses losses) {
        this.log = log;
        this.losses = losses;
    }

    void write(Appendable out) throws IOException {
        byService = tasksWithEvents() > MAX_TASKS;
        int[] participants = new int[log.taskCount()];
        Map<String, Integer> numbers = participants(participants);
        if (byService) {
            notice("COLLAPSED", log.taskCount(), "tasks are shown by their services");
        }
        StringBuilder body = new StringBuilder();
        body(participants, body);
        out.append("sequenceDiagram\n");
        numbers.forEach((name, number) -> append(out, "    participant p" + number + " as " + label(name) + "\n"));
        if (!notices.isEmpty() && !numbers.isEmpty()) {
            out.append("    Note over p0: ")
                    .append(label(notices.toString(), 200))
                    .append('\n');
        }
        out.append(body);
    }

    private static void append(Appendable out, String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int tasksWithEvents() {
        boolean[] seen = new boolean[log.taskCount()];
        int count = 0;
        for (int e = 0; e < log.size(); e++) {
            count += seen[log.task(e)] ? 0 : 1;
            seen[log.task(e)] = true;
        }
        return count;
    }

    private Map<String, Integer> participants(int[] participants) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Arrays.fill(participants, -1);
        int left = 0;
        for (int e = 0; e < log.size(); e++) {
            int task = log.task(e);
            if (participants[task] >= 0) {
                continue;
            }
            String name = byService ? serviceOf(task) : nameOf(task) + (hasTwin(task) ? " " + task : "");
            Integer known = numbers.get(name);
            if (known == null && numbers.size() == MAX_PARTICIPANTS) {
                left++;
                continue;
            }
            participants[task] = known == null ? numbers.size() : known;
            numbers.putIfAbsent(name, numbers.size());
        }
        notice("PARTICIPANTS_LEFT_OUT", left, "events are of services beyond the first " + MAX_PARTICIPANTS);
        return numbers;
    }

    private String serviceOf(int task) {
        return log.service(task).isEmpty() ? "unknown" : log.service(task);
    }

    private String nameOf(int task) {
        String service = log.service(task);
        return service.isEmpty() ? log.taskName(task) : service + ": " + log.taskName(task);
    }

    /** {@return whether a task may have the name of another one; there are few tasks} */
    private boolean hasTwin(int task) {
        for (int other = 0; other < task; other++) {
            if (log.taskName(other).equals(log.taskName(task))
                    && log.service(other).equals(log.service(task))) {
                return true;
            }
        }
        return false;
    }

    private void body(int[] participants, StringBuilder body) {
        int arrows = 0;
        int arrowsLeft = 0;
        int notes = 0;
        int notesLeft = 0;
        for (int e = 0; e < log.size(); e++) {
            int to = participants[log.task(e)];
            boolean told = false;
            for (int k = 0; k < log.causeCount(e); k++) {
                int from = participants[log.task(log.cause(e, k))];
                if (from == to || from < 0 || to < 0) {
                    continue;
                }
                if (arrows == MAX_ARROWS) {
                    arrowsLeft++;
                    continue;
                }
                arrows++;
                told = true;
                body.append("    p")
                        .append(from)
                        .append(log.isSync(e, k) ? "-->>p" : "->>p")
                        .append(to);
                body.append(": ").append(label(Timeline.text(log, e))).append('\n');
            }
            if (!told && to >= 0 && log.kind(e) != EventKind.END && !byService) {
                if (notes == MAX_NOTES || arrows == MAX_ARROWS) {
                    notesLeft++;
                } else {
                    notes++;
                    body.append("    Note over p").append(to).append(": ");
                    body.append(label(Timeline.text(log, e))).append('\n');
                }
            }
        }
        notice("ARROWS_LEFT_OUT", arrowsLeft, "arrows are left out after the first " + MAX_ARROWS);
        notice("NOTES_LEFT_OUT", notesLeft, "events are left out");
    }

    private void notice(String code, int count, String sentence) {
        if (count > 0) {
            losses.add(code, count, sentence);
            notices.append(notices.isEmpty() ? "" : "; ")
                    .append(count)
                    .append(' ')
                    .append(sentence);
        }
    }

    private static String label(String text) {
        return label(text, MAX_LABEL);
    }

    /** What is neither letter, digit nor harmless is a number between # and ;, so that no text is taken for syntax. */
    private static String label(String text, int max) {
        StringBuilder out = new StringBuilder();
        int points = 0;
        for (int i = 0; i < text.length() && points < max; points++) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean space = point <= ' ' || Character.isWhitespace(point);
            boolean plain = (point < 128 && Character.isLetterOrDigit(point)) || "./_=+()".indexOf(point) >= 0;
            if (space) {
                out.append(' ');
            } else if (plain) {
                out.appendCodePoint(point);
            } else {
                boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                out.append('#').append(half ? 0xFFFD : point).append(';');
            }
        }
        String label = out.toString().strip() + (points == max ? "..." : "");
        // The word that ends a block of the language ends a line of it, too.
        return label.isEmpty() ? "#160;" : label.replaceAll("(?i)\\be(?=nd\\b)", "#101;");
    }
}
