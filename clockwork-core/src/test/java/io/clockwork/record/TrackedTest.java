package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackedTest {
    private final Recorder recorder = Recorder.create("variables");

    private List<Object> values() {
        return Recorded.events(recorder, "task").stream()
                .<Object>map(event -> event.kind() + " " + event.subject() + " " + event.value())
                .toList();
    }

    @Test
    void holdsAValueAndRecordsItsReadsAndWrites() throws Exception {
        Tracked<Integer> balance = recorder.tracked("balance", 100);
        Tracked<String> other = recorder.tracked("balance", null);
        Recorded.in(recorder, "task", () -> {
            balance.set(balance.get() - 10);
            assertThat(balance.update(value -> value * 2)).isEqualTo(180);
            assertThat(other.get()).isNull();
            other.set("rich");
            return true;
        });
        assertThat(values())
                .containsExactly(
                        "READ balance 100",
                        "WRITE balance 90",
                        "READ balance 90",
                        "WRITE balance 180",
                        "READ balance#2 null",
                        "WRITE balance#2 rich");
        assertThat(other.name()).isEqualTo("balance#2");
    }

    @Test
    void describesItsValuesWhenAskedToAndSurvivesWhatThatThrows() throws Exception {
        Tracked<List<String>> list = recorder.tracked("list", List.of("a"), List::size);
        Tracked<List<String>> empty = recorder.tracked("empty", List.of(), value -> value.get(0));
        Recorded.in(recorder, "task", () -> {
            list.set(List.of("a", "b"));
            return empty.get();
        });
        assertThat(values())
                .containsExactly("WRITE list 2", "READ empty ArrayIndexOutOfBoundsException on describing the value");
    }

    @Test
    void happensAsAnEventOfTheTask() throws Exception {
        Recorded.in(recorder, "task", () -> {
            recorder.event(EventKind.QUERY, "accounts", "select 1");
            recorder.event(EventKind.RESULT, "accounts", 3);
            recorder.event(EventKind.FENCE, "full", null);
            recorder.event(EventKind.CUSTOM, "done", null);
            return true;
        });
        assertThat(Recorded.event(recorder, "task", EventKind.FENCE).value()).isNull();
        assertThat(values())
                .containsExactly("QUERY accounts select 1", "RESULT accounts 3", "FENCE full null", "CUSTOM done null");
    }

    @ParameterizedTest
    @EnumSource(names = {"RESUME", "FORK", "READ", "ATOMIC_UPDATE", "ACQUIRE", "COUNT_DOWN", "PUT", "PEEK"})
    void refusesKindsThatSayMoreThanThatTheyHappened(EventKind kind) {
        assertThatThrownBy(() -> recorder.event(kind, "x", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kind must be FENCE")
                .hasMessageEndingWith("was " + kind);
        assertThat(recorder.recording().tasks()).isEmpty();
    }
}
