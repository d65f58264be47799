package io.clockwork.analysis.testing;

import static io.clockwork.CausalityRelation.CONCURRENT;
import static io.clockwork.CausalityRelation.HAPPENS_AFTER;
import static io.clockwork.CausalityRelation.HAPPENS_BEFORE;

import io.clockwork.CausalityRelation;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Finding;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.Report;
import io.clockwork.record.Recorder;
import java.util.List;
import java.util.Set;

/**
 * Assertions about what happened before what, and about what the analyses find. They throw plain {@link AssertionError}s, whose
 * messages show both sides and name what decides; so they need no test framework and go with any.
 *
 * <p>In a log, what is called by a name is the operation of that name from its begin to its end; where there is none, the
 * event about something of that name that is neither an access nor about a lock, such as a message or a custom event; else
 * the task of that name. If it is none or several, the assertion fails and says so. One thing happened before another if all
 * of it did, by causality or by the sync of this run; see {@link io.clockwork.analysis.CausalGraph#happensBefore}.
 */
public final class CausalAssertions {
    private CausalAssertions() {}

    /** Fails unless {@code a} happened before {@code b}. */
    public static void assertHappensBefore(VectorTimestamp a, VectorTimestamp b) {
        require(HAPPENS_BEFORE, "expected a to happen before b", "a", a, "b", b);
    }

    /** Fails unless {@code a} happened after {@code b}. */
    public static void assertHappensAfter(VectorTimestamp a, VectorTimestamp b) {
        require(HAPPENS_AFTER, "expected a to happen after b", "a", a, "b", b);
    }

    /** Fails unless neither of both happened before the other. */
    public static void assertConcurrent(VectorTimestamp a, VectorTimestamp b) {
        require(CONCURRENT, "expected a and b to be concurrent", "a", a, "b", b);
    }

    /** Fails unless each timestamp, of two or more, happened before the next one. */
    public static void assertCausalOrder(VectorTimestamp... timestamps) {
        requireSome(timestamps.length);
        for (int i = 1; i < timestamps.length; i++) {
            String a = "#" + i;
            String b = "#" + (i + 1);
            String expected = "expected each of " + timestamps.length + " to happen before the next one";
            require(HAPPENS_BEFORE, expected, a, timestamps[i - 1], b, timestamps[i]);
        }
    }

    /** Fails unless {@code a} happened before {@code b}. */
    public static void assertHappensBefore(TracedEvent a, TracedEvent b) {
        String expected = "expected " + label("a", a) + " to happen before " + label("b", b);
        require(HAPPENS_BEFORE, expected, "a", a.causality(), "b", b.causality());
    }

    /** Fails unless {@code a} happened after {@code b}. */
    public static void assertHappensAfter(TracedEvent a, TracedEvent b) {
        String expected = "expected " + label("a", a) + " to happen after " + label("b", b);
        require(HAPPENS_AFTER, expected, "a", a.causality(), "b", b.causality());
    }

    /** Fails unless neither of both happened before the other. */
    public static void assertConcurrent(TracedEvent a, TracedEvent b) {
        String expected = "expected " + label("a", a) + " and " + label("b", b) + " to be concurrent";
        require(CONCURRENT, expected, "a", a.causality(), "b", b.causality());
    }

    /** Fails unless each event, of two or more, happened before the next one. */
    public static void assertCausalOrder(TracedEvent... events) {
        requireSome(events.length);
        for (int i = 1; i < events.length; i++) {
            String a = "#" + i;
            String b = "#" + (i + 1);
            String expected = "expected " + label(a, events[i - 1]) + " to happen before " + label(b, events[i]);
            require(HAPPENS_BEFORE, expected, a, events[i - 1].causality(), b, events[i].causality());
        }
    }

    /** Fails unless all that is called {@code a} in the log happened before all that is called {@code b}. */
    public static void assertHappensBefore(EventLog log, String a, String b) {
        requireInLog(log, HAPPENS_BEFORE, a, b);
    }

    /** Fails unless all that is called {@code a} in the log happened after all that is called {@code b}. */
    public static void assertHappensAfter(EventLog log, String a, String b) {
        requireInLog(log, HAPPENS_AFTER, a, b);
    }

    /** Fails if one of both happened before the other, or is a part of it. */
    public static void assertConcurrent(EventLog log, String a, String b) {
        requireInLog(log, CONCURRENT, a, b);
    }

    /** Fails unless event {@code a} of the log happened before event {@code b}. */
    public static void assertHappensBefore(EventLog log, int a, int b) {
        new LogOrder(log).require(HAPPENS_BEFORE, NamedEvents.event(log, a), NamedEvents.event(log, b));
    }

    /** Fails unless neither of two events of the log happened before the other. */
    public static void assertConcurrent(EventLog log, int a, int b) {
        new LogOrder(log).require(CONCURRENT, NamedEvents.event(log, a), NamedEvents.event(log, b));
    }

    /** Fails unless what is called by each of the names, two or more, happened before what is called by the next one. */
    public static void assertCausalOrder(EventLog log, String... names) {
        requireSome(names.length);
        LogOrder order = new LogOrder(log);
        for (int i = 1; i < names.length; i++) {
            order.require(HAPPENS_BEFORE, NamedEvents.find(log, names[i - 1]), NamedEvents.find(log, names[i]));
        }
    }

    /** Fails if what was recorded so far has races that are CERTAIN or LIKELY, or is not all that happened. */
    public static void assertNoRaces(Recorder recorder) {
        assertNoRaces(EventLog.of(recorder));
    }

    /** As {@link #assertNoRaces(Recorder)}, for races that are at least as sure as {@code limit}. */
    public static void assertNoRaces(Recorder recorder, Race.Verdict limit) {
        assertNoRaces(EventLog.of(recorder), limit);
    }

    /** Fails if the log has races that are CERTAIN or LIKELY, or is not all that happened. */
    public static void assertNoRaces(EventLog log) {
        assertNoRaces(log, Race.Verdict.LIKELY);
    }

    /** As {@link #assertNoRaces(EventLog)}, for races that are at least as sure as {@code limit}. */
    public static void assertNoRaces(EventLog log, Race.Verdict limit) {
        assertNoFindings(Report.of(log), Set.of(Finding.RACE), limit);
    }

    /** Fails if what was recorded so far has tasks that can wait for each other in a circle, even if only POSSIBLE. */
    public static void assertNoDeadlocks(Recorder recorder) {
        assertNoDeadlocks(EventLog.of(recorder));
    }

    /** Fails if the log has tasks that can wait for each other in a circle, even if only POSSIBLE. */
    public static void assertNoDeadlocks(EventLog log) {
        assertNoFindings(Report.of(log), Set.of(Finding.DEADLOCK), Race.Verdict.POSSIBLE);
    }

    /** Fails if what was recorded so far has steps that another task splits, even if only POSSIBLE. */
    public static void assertNoAtomicityViolations(Recorder recorder) {
        assertNoAtomicityViolations(EventLog.of(recorder));
    }

    /** Fails if the log has steps that another task splits, even if only POSSIBLE. */
    public static void assertNoAtomicityViolations(EventLog log) {
        assertNoFindings(Report.of(log), Set.of(Finding.ATOMICITY_VIOLATION), Race.Verdict.POSSIBLE);
    }

    /**
     * Fails if a report has findings of some kinds that are at least as sure as {@code limit}, or if events were dropped, so
     * that it could have missed some.
     */
    public static void assertNoFindings(Report report, Set<Finding> kinds, Race.Verdict limit) {
        LogFindings.requireNone(report, kinds, limit);
    }

    /**
     * Fails unless each operation, written {@code price} or with its service {@code shop: price}, has a part in the time that some
     * root operation of the log took; see {@link io.clockwork.analysis.CriticalPath#response}.
     */
    public static void assertCriticalPathContains(EventLog log, String... operations) {
        LogFindings.requireOnPath(log, List.of(operations));
    }

    private static void require(
            CausalityRelation expected,
            String words,
            String nameA,
            VectorTimestamp a,
            String nameB,
            VectorTimestamp b) {
        if (a.compare(b) != expected) {
            throw new AssertionError(VectorMessage.of(words, nameA, a, nameB, b));
        }
    }

    private static void requireInLog(EventLog log, CausalityRelation expected, String a, String b) {
        new LogOrder(log).require(expected, NamedEvents.find(log, a), NamedEvents.find(log, b));
    }

    private static void requireSome(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("an order is of two or more; there are " + number);
        }
    }

    private static String label(String name, TracedEvent event) {
        return name + " (" + Shown.name(event.type()) + ", " + Shown.name(event.id()) + ')';
    }
}
