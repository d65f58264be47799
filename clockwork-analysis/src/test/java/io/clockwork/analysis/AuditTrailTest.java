package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.Variable;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class AuditTrailTest {
    @Test
    void tellsWhoWroteWhatOverWhat() {
        Recorder recorder = Recorder.create("bank");
        Variable balance = recorder.variable("balance");
        recorder.variable("other").write(7);
        try (Scope trace = recorder.openTrace("main")) {
            balance.write(1000);
            Task child = recorder.fork("child");
            child.run(() -> {
                balance.read(1000);
                balance.write(900);
            });
            recorder.join(child);
            balance.read(900);
        }
        AuditTrail trail = AuditTrail.of(EventLog.of(recorder), "balance");
        assertThat(trail.entries())
                .extracting(entry -> entry.access().task()
                        + ' '
                        + entry.oldValue()
                        + ' '
                        + entry.access().value())
                .containsExactly("main null 1000", "child null 1000", "child 1000 900", "main null 900");
        List<AuditTrail.Entry> entries = trail.entries();
        assertThat(entries.get(0).sawWrite()).isEqualTo(-1);
        assertThat(entries.get(1).sawWrite()).isEqualTo(entries.get(0).access().event());
        assertThat(entries.get(3).sawWrite()).isEqualTo(entries.get(2).access().event());
        assertThat(trail.raced()).isEmpty();
        assertThat(trail.toText())
                .startsWith("AUDIT TRAIL   balance   4 accesses\n")
                .contains("? \u2192 1000", "1000 \u2192 900", "read 900 of #")
                .doesNotContain("RACED");
        assertThat(trail.toJson()).contains("\"variable\": \"balance\"", "\"oldValue\": \"1000\"", "\"raced\": false");
    }

    @Test
    void spansTraces() {
        Recorder recorder = Recorder.create("bank");
        Variable shared = recorder.variable("shared");
        for (int i = 0; i < 2; i++) {
            try (Scope trace = recorder.openTrace("request " + i)) {
                shared.write(i);
            }
        }
        AuditTrail trail = AuditTrail.of(EventLog.of(recorder), "shared");
        assertThat(trail.entries()).extracting(AuditTrail.Entry::trace).containsExactly("request 0", "request 1");
    }

    @Test
    void ofAVariableThatNobodyAccessedIsEmpty() {
        assertThat(AuditTrail.of(EventLog.builder().build(), "x").entries()).isEmpty();
    }

    @Property(tries = 300)
    void marksAllThatRaced(@ForAll long seed, @ForAll @IntRange(min = 5, max = 120) int length) {
        RandomProgram program = new RandomProgram(seed, length);
        List<BitSet> before = program.happensBefore();
        for (int variable = 0; variable < 3; variable++) {
            Set<Integer> raced = new HashSet<>();
            Set<Integer> all = new HashSet<>();
            for (int b = 0; b < program.steps.size(); b++) {
                for (int a = 0; a < b; a++) {
                    RandomProgram.Step first = program.steps.get(a);
                    RandomProgram.Step second = program.steps.get(b);
                    boolean conflict = first.subject() == variable
                            && second.subject() == variable
                            && first.task() != second.task()
                            && (first.writes() || second.writes())
                            && !(first.isAtomic() && second.isAtomic());
                    if (conflict && !before.get(b).get(a)) {
                        raced.add(a);
                        raced.add(b);
                    }
                }
                if (program.steps.get(b).subject() == variable) {
                    all.add(b);
                }
            }
            AuditTrail trail = AuditTrail.of(program.log, "x" + variable);
            assertThat(trail.entries())
                    .extracting(entry -> entry.access().event())
                    .hasSameElementsAs(all);
            assertThat(trail.raced())
                    .extracting(entry -> entry.access().event())
                    .hasSameElementsAs(raced);
        }
    }
}
