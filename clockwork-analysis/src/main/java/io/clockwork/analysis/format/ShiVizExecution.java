package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.json.stream.JsonSyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The events of one execution in columns, in the order of the file; those without a usable clock are left out. */
final class ShiVizExecution {
    private final String text;
    private final Findings findings;
    private final ClockText clocks = new ClockText();
    /** The counts that are no ints, by entry. */
    private final Map<Integer, Long> largeCounts = new HashMap<>();

    private final IntList lines = new IntList();
    private final IntList hosts = new IntList();
    private final IntList eventStarts = new IntList();
    private final IntList eventEnds = new IntList();
    private long[] owns = new long[16];

    private final IntList entryEnds = new IntList();
    private final IntBlocks entryHosts = new IntBlocks();
    private final IntBlocks entryCounts = new IntBlocks();

    ShiVizExecution(String text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    /** Adds what an expression found, unless its clock does not know its own host. */
    void add(ShiVizPattern pattern, ScriptRegex.Search found, int line) {
        ScriptRegex parser = pattern.parserRegex();
        int clock = parser.group("clock");
        int event = parser.group("event");
        int host = parser.group("host");
        String name = text.substring(found.start(host), found.end(host));
        int from = found.start(clock);
        int to = found.end(clock);
        try {
            clocks.read(text, from, to);
        } catch (JsonSyntaxException e) {
            String expected = "it is no JSON object of counts, " + e.expected() + " was expected";
            leaveOut("CLOCK_NOT_JSON", from, to, expected, line);
            return;
        }
        if (clocks.negativeHost() >= 0) {
            String negative = "the count of " + Excerpt.of(clocks.hostName(clocks.negativeHost())) + " is negative";
            leaveOut("CLOCK_NOT_JSON", from, to, negative, line);
            return;
        }
        int number = clocks.hostNumber(name);
        if (clocks.countOf(number) == 0) {
            String missing = "it has no entry of its own host " + Excerpt.of(name);
            leaveOut("LOCAL_HOST_MISSING", from, to, missing, line);
            return;
        }
        addOwn(clocks.countOf(number));
        lines.add(line);
        hosts.add(number);
        eventStarts.add(found.start(event));
        eventEnds.add(found.end(event));
        for (int i = 0; i < clocks.size(); i++) {
            if (clocks.count(i) > 0) {
                if (clocks.count(i) >= Integer.MAX_VALUE) {
                    largeCounts.put(entryHosts.size(), clocks.count(i));
                }
                entryHosts.add(clocks.host(i));
                entryCounts.add((int) Math.min(clocks.count(i), Integer.MAX_VALUE));
            }
        }
        entryEnds.add(entryHosts.size());
    }

    private void leaveOut(String code, int from, int to, String reason, int line) {
        if (findings.wants(code)) {
            String clock = Excerpt.of(text, from, to);
            findings.add(code, "the event was left out for its clock " + clock + ": " + reason, line);
        }
    }

    private void addOwn(long own) {
        if (size() == owns.length) {
            owns = Arrays.copyOf(owns, size() * 2);
        }
        owns[size()] = own;
    }

    /** Adds the events to a log. {@return how many} */
    int addTo(EventLogBuilder log, int trace) {
        new ShiVizOrder(this, findings).addTo(log, trace);
        return size();
    }

    int size() {
        return lines.size();
    }

    int hostCount() {
        return clocks.hostCount();
    }

    String hostName(int host) {
        return clocks.hostName(host);
    }

    int line(int event) {
        return lines.get(event);
    }

    int host(int event) {
        return hosts.get(event);
    }

    /** {@return the entry of an event's own host} */
    long own(int event) {
        return owns[event];
    }

    String subject(int event) {
        return text.substring(eventStarts.get(event), eventEnds.get(event));
    }

    /** {@return where the entries of an event's clock begin; they end where those of the next one begin} */
    int firstEntry(int event) {
        return event == 0 ? 0 : entryEnds.get(event - 1);
    }

    int endOfEntries(int event) {
        return entryEnds.get(event);
    }

    int entryHost(int entry) {
        return entryHosts.get(entry);
    }

    /** {@return a count from 1} */
    long entryCount(int entry) {
        int count = entryCounts.get(entry);
        return count < Integer.MAX_VALUE ? count : largeCounts.getOrDefault(entry, (long) count);
    }

    /** {@return whether two events of a host have the same text and the same clock, as if written twice} */
    boolean same(int a, int b) {
        int from = firstEntry(a);
        int other = firstEntry(b);
        int count = endOfEntries(a) - from;
        if (endOfEntries(b) - other != count || !subject(a).equals(subject(b))) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (entryHost(from + i) != entryHost(other + i) || entryCount(from + i) != entryCount(other + i)) {
                return false;
            }
        }
        return true;
    }
}
