package io.clockwork.analysis;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.TextPage.Ink;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The sections of the text about races, and about the services that raced against each other. */
final class RacesText {
    private static final int MAX_RACES = 20;
    /** One that races at many places would hide the others. */
    private static final int MAX_RACES_OF_VARIABLE = 3;

    private final TextPage page;
    private final AccessText accesses;
    private final Report report;

    RacesText(TextPage page, Report report) {
        this.page = page;
        this.report = report;
        accesses = new AccessText(page);
    }

    void render() {
        List<Race> races = report.races();
        if (races.isEmpty()) {
            if (!report.variables().isEmpty()) {
                page.heading("NO RACES");
            }
            return;
        }
        page.heading(
                "RACES",
                report.count(Verdict.CERTAIN) + " certain, " + report.count(Verdict.LIKELY) + " likely, "
                        + report.count(Verdict.POSSIBLE) + " possible");
        Map<String, Integer> shownOf = new HashMap<>();
        int shown = 0;
        for (Race race : races) {
            if (shown < MAX_RACES && shownOf.merge(race.variable(), 1, Integer::sum) <= MAX_RACES_OF_VARIABLE) {
                if (shown > 0) {
                    page.line("");
                }
                renderRace(++shown, race);
            }
        }
        page.more(races.size() - shown, "race");
        renderServices();
    }

    private void renderRace(int number, Race race) {
        page.line(number + ". " + title(race.kind()) + " on " + page.paint(Ink.STRONG, page.fit(race.variable(), 40))
                + "   " + page.verdict(race.verdict()) + TextPage.seen(race.count()));
        // By task, not by time: the same columns for the same program whoever came first.
        boolean swap = race.first().taskNumber() > race.second().taskNumber();
        Access left = swap ? race.second() : race.first();
        Access right = swap ? race.first() : race.second();
        accesses.heads(left, right);
        accesses.rows(race.witness(), left);
        if (race.kind() == Kind.LOST_UPDATE) {
            page.paragraph(update(race, left) + " and " + update(race, right)
                    + ": both started from the same value, so one of the updates is lost.");
        }
        page.paragraph(reason(race));
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case LOST_UPDATE -> "LOST UPDATE";
            case WRITE_WRITE -> "WRITE-WRITE RACE";
            case READ_WRITE -> "READ-WRITE RACE";
        };
    }

    private String update(Race race, Access side) {
        StringBuilder update = new StringBuilder();
        for (Access access : race.witness()) {
            if (AccessText.sameTask(access, side)) {
                update.append(update.length() == 0 ? "" : page.symbol("\u2192", " -> "))
                        .append(page.fit(String.valueOf(access.value()), 30));
            }
        }
        return update.toString();
    }

    private static String reason(Race race) {
        return switch (race.verdict()) {
            case CERTAIN -> "Nothing orders them: no fork, join, message or lock leads from one to the other.";
            case LIKELY -> "Nothing recorded orders them, but an earlier race would have to go the other way first.";
            case POSSIBLE ->
                "Only this run's timing ordered them, and no lock was held at both: in another run they"
                        + " may overlap.";
        };
    }

    private record Pair(String one, String other) implements Comparable<Pair> {
        static Pair of(Race race) {
            String one = race.first().service();
            String other = race.second().service();
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }

        @Override
        public int compareTo(Pair that) {
            return Comparator.comparing(Pair::one).thenComparing(Pair::other).compare(this, that);
        }
    }

    private static final class Tally {
        int races;
        Verdict surest = Verdict.POSSIBLE;
        final TreeSet<String> variables = new TreeSet<>();

        void add(Race race) {
            races++;
            variables.add(race.variable());
            surest = race.verdict().compareTo(surest) < 0 ? race.verdict() : surest;
        }
    }

    /** One line for each two services. */
    private void renderServices() {
        Map<Pair, Tally> pairs = new TreeMap<>();
        for (Race race : report.races()) {
            if (!race.first().service().equals(race.second().service())) {
                pairs.computeIfAbsent(Pair.of(race), p -> new Tally()).add(race);
            }
        }
        if (pairs.isEmpty()) {
            return;
        }
        page.heading("SERVICES THAT RACED AGAINST EACH OTHER");
        pairs.forEach((pair, tally) -> {
            String who = page.fit(pair.one(), 16) + page.symbol(" \u2194 ", " <-> ") + page.fit(pair.other(), 16);
            String what = TextPage.count(tally.races, "race") + " on ";
            int room = TextPage.WIDTH
                    - 3
                    - TextWidth.of(who)
                    - 3
                    - what.length()
                    - 3
                    - tally.surest.name().length();
            page.line("   " + page.paint(Ink.STRONG, who) + "   " + what
                    + page.fit(String.join(", ", tally.variables), room) + "   " + page.verdict(tally.surest));
        });
    }
}
