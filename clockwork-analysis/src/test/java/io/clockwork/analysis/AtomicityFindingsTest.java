package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.AtomicityViolation.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is one split update or block, and what keeps others out of it. */
class AtomicityFindingsTest extends TwoTasks {
    private int at(String site, int event) {
        log.site(event, site);
        return event;
    }

    private List<AtomicityViolation> violations() {
        return Report.of(log.build()).atomicity();
    }

    private void update(int task) {
        add(task, EventKind.READ, "x");
        add(task, EventKind.WRITE, "x");
    }

    @ParameterizedTest
    @CsvSource({
        "ACQUIRE, ACQUIRE, false",
        "ACQUIRE_SHARED, ACQUIRE, false",
        "ACQUIRE, ACQUIRE_SHARED, false",
        "ACQUIRE_SHARED, ACQUIRE_SHARED, true"
    })
    void aLockHeldThroughoutKeepsOthersOutUnlessBothShareIt(EventKind mine, EventKind theirs, boolean split) {
        add(one, mine, "lock");
        update(one);
        add(one, release(mine), "lock");
        add(other, theirs, "lock");
        add(other, EventKind.WRITE, "x");
        add(other, release(theirs), "lock");
        assertThat(violations()).hasSize(split ? 1 : 0);
    }

    private static EventKind release(EventKind acquire) {
        return acquire == EventKind.ACQUIRE ? EventKind.RELEASE : EventKind.RELEASE_SHARED;
    }

    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            names = {"ACQUIRE", "ACQUIRE_SHARED"})
    void ofTwoLocksTheOneThatIsKeptCounts(EventKind acquire) {
        add(one, acquire, "kept");
        add(one, acquire, "given back");
        add(one, EventKind.READ, "x");
        add(one, release(acquire), "given back");
        add(one, acquire, "given back");
        add(one, EventKind.WRITE, "x");
        add(one, release(acquire), "given back");
        add(one, release(acquire), "kept");
        int third = log.task(trace, "s", "third");
        write(other, "kept", "Other.java:1");
        write(third, "given back", "Third.java:1");
        assertThat(violations())
                .extracting(violation -> violation.between().get(0).site())
                .containsExactly("Third.java:1");
    }

    private void write(int task, String lock, String site) {
        add(task, EventKind.ACQUIRE, lock);
        at(site, add(task, EventKind.WRITE, "x"));
        add(task, EventKind.RELEASE, lock);
    }

    @Test
    void eachSetOfPlacesIsOneFinding() {
        for (int i = 0; i < 4; i++) {
            at("Read.java:" + i / 2, add(one, EventKind.ATOMIC_READ, "x"));
            at("Write.java:" + i % 2, add(one, EventKind.ATOMIC_WRITE, "x"));
        }
        at("Other.java:1", add(other, EventKind.ATOMIC_WRITE, "x"));
        at("Other.java:1", add(other, EventKind.ATOMIC_WRITE, "x"));
        at("Other.java:2", add(other, EventKind.ATOMIC_WRITE, "x"));
        assertThat(violations())
                .hasSize(8)
                .allMatch(violation -> violation.kind() == Kind.CHECK_THEN_ACT)
                .extracting(violation -> violation.between().get(0).site() + " " + violation.count())
                .containsExactlyInAnyOrder(
                        "Other.java:1 2",
                        "Other.java:1 2",
                        "Other.java:1 2",
                        "Other.java:1 2",
                        "Other.java:2 1",
                        "Other.java:2 1",
                        "Other.java:2 1",
                        "Other.java:2 1");
    }

    @Test
    void aReadIsHalfOfOneUpdateOnly() {
        add(one, EventKind.ATOMIC_READ, "x");
        at("Write.java:1", add(one, EventKind.ATOMIC_WRITE, "x"));
        at("Write.java:2", add(one, EventKind.ATOMIC_WRITE, "x"));
        add(other, EventKind.ATOMIC_WRITE, "x");
        assertThat(violations())
                .extracting(violation -> violation.last().site())
                .containsExactly("Write.java:1");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    void theLast64WritersOfAVariableAreKept(int writers) {
        for (int i = 0; i < writers; i++) {
            at("Writer.java:" + i, add(log.task(trace, "s", "writer"), EventKind.ATOMIC_WRITE, "x"));
        }
        add(one, EventKind.ATOMIC_READ, "x");
        add(one, EventKind.ATOMIC_WRITE, "x");
        Report report = Report.of(log.build());
        assertThat(report.atomicity())
                .extracting(violation -> violation.between().get(0).event())
                .containsExactlyElementsOf(
                        IntStream.range(writers - 64, writers).boxed().toList());
        // The last write has no room without giving up another one.
        assertThat(report.diagnostics())
                .extracting(Diagnostic::message)
                .allMatch(message -> message.startsWith(writers == 64 ? "1 access of" : "2 accesses of"));
    }

    @Test
    void theLastOfLikeUpdatesIsTheExample() {
        update(one);
        update(one);
        update(other);
        assertThat(violations()).singleElement().satisfies(violation -> {
            assertThat(violation.kind()).isEqualTo(Kind.LOST_UPDATE);
            assertThat(violation.first().event()).isEqualTo(2);
            assertThat(violation.last().event()).isEqualTo(3);
            assertThat(violation.between()).extracting(Access::event).containsExactly(5);
            assertThat(violation.count()).isEqualTo(2);
        });
    }

    @Test
    void aCertainExampleTakesThePlaceOfAPossibleOne() {
        int third = log.task(trace, "s", "third");
        add(one, EventKind.READ, "x");
        log.precedes(add(one, EventKind.WRITE, "x"), add(other, EventKind.CUSTOM, "after"));
        add(other, EventKind.WRITE, "x");
        int certain = add(third, EventKind.WRITE, "x");
        assertThat(violations()).singleElement().satisfies(violation -> {
            assertThat(violation.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(violation.between()).extracting(Access::event).containsExactly(certain);
            assertThat(violation.count()).isEqualTo(2);
        });
    }

    @Test
    void theSurestAreShownFirstAndThenByKindAndVariable() {
        int third = log.task(trace, "s", "third");
        for (String variable : List.of("c", "b", "a")) {
            add(one, EventKind.ATOMIC_READ, variable);
            add(one, EventKind.ATOMIC_WRITE, variable);
        }
        int handed = add(one, EventKind.CUSTOM, "hand over");
        add(third, EventKind.ATOMIC_WRITE, "c");
        log.precedes(handed, add(other, EventKind.CUSTOM, "take over"));
        add(other, EventKind.ATOMIC_WRITE, "a");
        add(third, EventKind.ATOMIC_READ, "b");
        add(third, EventKind.ATOMIC_WRITE, "b");
        assertThat(violations())
                .extracting(violation -> violation.verdict() + " " + violation.kind() + " " + violation.variable())
                .containsExactly("CERTAIN LOST_UPDATE b", "CERTAIN CHECK_THEN_ACT c", "POSSIBLE CHECK_THEN_ACT a");
    }

    @Test
    void blocksOfOneNameAndPlaceAreOneFindingThatIsCounted() {
        for (int i = 0; i < 3; i++) {
            halfSeen("transfer", "x");
        }
        halfSeen("transfer", "y");
        halfSeen("audit", "x");
        assertThat(violations())
                .filteredOn(violation -> violation.kind() == Kind.NOT_SERIALIZABLE)
                .extracting(violation -> violation.block() + " " + violation.variable() + " " + violation.count())
                .containsExactlyInAnyOrder("transfer x 3", "transfer y 1", "audit x 1");
    }

    @Test
    void nothingIsSaidToBeMissingWhereAllWasLookedAt() {
        halfSeen("transfer", "x");
        assertThat(Report.of(log.build()).diagnostics()).isEmpty();
    }

    @Test
    void whatABlockLeftFirstIsFollowedFirst() {
        add(other, EventKind.BEGIN, "second");
        add(other, EventKind.ATOMIC_WRITE, "z");
        add(one, EventKind.BEGIN, "first");
        int left = add(one, EventKind.ATOMIC_WRITE, "x");
        int back = add(one, EventKind.ATOMIC_READ, "z");
        add(one, EventKind.ATOMIC_WRITE, "y");
        add(one, EventKind.END, "first");
        add(other, EventKind.ATOMIC_READ, "y");
        int seen = add(other, EventKind.ATOMIC_READ, "x");
        add(other, EventKind.END, "second");
        assertThat(violations())
                .filteredOn(violation -> violation.block().equals("first"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.steps())
                        .extracting(step -> step.access().event())
                        .containsExactly(left, seen, 1, back));
        assertThat(violations()).extracting(AtomicityViolation::block).containsExactlyInAnyOrder("first", "second");
    }

    private void halfSeen(String block, String variable) {
        add(one, EventKind.BEGIN, block);
        at("One.java:1", add(one, EventKind.ATOMIC_READ, variable));
        at("Other.java:1", add(other, EventKind.ATOMIC_WRITE, variable));
        at("One.java:2", add(one, EventKind.ATOMIC_READ, variable));
        add(one, EventKind.END, block);
    }

    @ParameterizedTest
    @CsvSource({"ATOMIC_WRITE, ATOMIC_READ, 1", "RELEASE, ACQUIRE, 1", "CUSTOM, CUSTOM, 0"})
    void aBlockThatAwaitsAnotherTaskIsNoneUnlessByALockOrAnAtomic(EventKind from, EventKind to, int found) {
        add(one, EventKind.BEGIN, "block");
        add(one, EventKind.ATOMIC_READ, "x");
        add(other, EventKind.ATOMIC_WRITE, "x");
        int cause = add(other, from, "y");
        log.precedes(cause, add(one, to, "y"));
        add(one, EventKind.ATOMIC_READ, "x");
        add(one, EventKind.END, "block");
        assertThat(violations()).hasSize(found);
    }

    @Test
    void aBlockThatACauseLeadsOutOfAndBackIntoIsInterrupted() {
        add(one, EventKind.BEGIN, "block");
        int write = add(one, EventKind.ATOMIC_WRITE, "x");
        int read = add(other, EventKind.ATOMIC_READ, "x");
        log.precedes(write, read);
        int left = add(other, EventKind.ATOMIC_WRITE, "y");
        int back = add(one, EventKind.ATOMIC_READ, "y");
        log.precedes(left, back);
        add(one, EventKind.END, "block");
        assertThat(violations()).singleElement().satisfies(violation -> {
            assertThat(violation.steps())
                    .extracting(step -> step.access().event())
                    .containsExactly(write, read, left, back);
            assertThat(violation.block()).isEqualTo("block");
        });
    }

    @Test
    void aRegionEndsWithItsLastLockAndTheNextOneIsAnother() {
        for (int i = 0; i < 2; i++) {
            add(one, EventKind.ACQUIRE, "lock");
            add(one, EventKind.ATOMIC_READ, "x");
            add(one, EventKind.RELEASE, "lock");
            add(other, EventKind.ATOMIC_WRITE, "x");
            add(one, EventKind.ATOMIC_READ, "x");
        }
        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            names = {"WRITE", "ATOMIC_WRITE", "ATOMIC_UPDATE"})
    void aReferenceThatWasReplacedAtomicallyIsPublished(EventKind replaced) {
        add(one, EventKind.WRITE, "config.size");
        add(one, EventKind.WRITE, "config");
        if (replaced != EventKind.WRITE) {
            add(one, replaced, "config");
        }
        add(other, EventKind.READ, "config");
        add(other, EventKind.READ, "config.size");
        assertThat(Report.of(log.build()).publications()).hasSize(replaced == EventKind.WRITE ? 1 : 0);
    }

    @Test
    void whatWasWrittenLaterThanTheReferenceIsNotPublishedByIt() {
        add(one, EventKind.WRITE, "config");
        add(one, EventKind.WRITE, "config.size");
        add(other, EventKind.READ, "config");
        add(other, EventKind.READ, "config.size");
        add(other, EventKind.READ, "never written");
        assertThat(Report.of(log.build()).publications()).isEmpty();
    }

    @Test
    void theReferenceIsTheOneThatWasWrittenLast() {
        add(one, EventKind.WRITE, "a");
        add(one, EventKind.WRITE, "b");
        add(one, EventKind.WRITE, "c");
        add(other, EventKind.READ, "c");
        add(other, EventKind.READ, "b");
        add(other, EventKind.READ, "a");
        add(other, EventKind.READ, "a");
        assertThat(Report.of(log.build()).publications())
                .extracting(found -> found.reference() + " " + found.content() + " " + found.count())
                .containsExactly("c b 1", "c a 2");
    }

    @Test
    void eachWriterIsKnownByItsOwnWrites() {
        int third = log.task(trace, "s", "third");
        add(one, EventKind.WRITE, "x");
        add(third, EventKind.WRITE, "reference");
        add(other, EventKind.READ, "reference");
        add(other, EventKind.READ, "x");
        assertThat(Report.of(log.build()).publications()).isEmpty();
    }
}
