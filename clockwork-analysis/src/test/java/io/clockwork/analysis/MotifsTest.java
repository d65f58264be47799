package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.record.EventKind;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MotifsTest {
    private final EventLogBuilder builder = EventLog.builder();
    private final int trace = builder.trace("t");
    private final int a = builder.task(trace, "web", "a");
    private final int b = builder.task(trace, "stock", "b");
    private final int c = builder.task(trace, "stock", "c");
    private final int d = builder.task(trace, "pay", "d");

    private int event(int task, int... causes) {
        int event = builder.event(task, EventKind.CUSTOM, "e");
        for (int cause : causes) {
            builder.causes(cause, event);
        }
        return event;
    }

    private Motifs motifs() {
        return Motifs.of(builder.build());
    }

    @Nested
    class RequestResponses {
        @Test
        void areRequestsWithAnswers() {
            int request = event(a);
            int received = event(b, request);
            event(b);
            int answer = event(b);
            event(a);
            int arrival = event(a, answer);
            assertThat(motifs().requestResponses())
                    .containsExactly(new Motif(List.of(a, b), List.of(request, received, answer, arrival)));
            assertThat(motifs().requestResponses(2, 2)).hasSize(1);
            assertThat(motifs().requestResponses(1, 2)).isEmpty();
            assertThat(motifs().requestResponses(2, 1)).isEmpty();
        }

        @Test
        void mayBeReceivedAndAnsweredByOneEvent() {
            int request = event(a);
            int server = event(b, request);
            int arrival = event(a, server);
            assertThat(motifs().requestResponses())
                    .containsExactly(new Motif(List.of(a, b), List.of(request, server, arrival)));
        }

        @Test
        void areNotAnsweredByAnotherTask() {
            int request = event(a);
            int server = event(b, request);
            event(c, server);
            assertThat(motifs().requestResponses()).isEmpty();
        }

        @Test
        void shareNoEvent() {
            int request = event(a);
            event(b, request);
            int answer = event(b);
            event(a, answer);
            int next = event(a);
            event(b, next);
            assertThat(motifs().requestResponses()).hasSize(1);
        }
    }

    @Nested
    class Fans {
        @Test
        void areMessagesToSeveralTasksInSuccession() {
            int first = event(a);
            int second = event(a);
            event(a);
            int third = event(a);
            int received = event(b, first);
            int alsoReceived = event(c, second);
            int lastReceived = event(d, third);
            List<Motif> broadcasts = motifs().broadcasts(3, 2);
            assertThat(broadcasts)
                    .containsExactly(new Motif(
                            List.of(a, b, c, d), List.of(first, second, third, received, alsoReceived, lastReceived)));
            assertThat(motifs().broadcasts(3, 1)).isEmpty();
            assertThat(motifs().broadcasts(2, 1)).hasSize(1);
            assertThat(motifs().gathers(2, 2)).isEmpty();
        }

        @Test
        void areMessagesFromSeveralTasksInSuccession() {
            int first = event(b);
            int second = event(c);
            int one = event(a, first);
            int two = event(a, second);
            event(b, two);
            assertThat(motifs().gathers(2, 1))
                    .containsExactly(new Motif(List.of(a, b, c), List.of(first, second, one, two)));
            assertThat(motifs().gathers(3, 1)).isEmpty();
        }

        @Test
        void needOneTaskAtLeast() {
            assertThatThrownBy(() -> motifs().gathers(0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("minTasks must be at least 1, was 0");
        }
    }

    @Nested
    class Patterns {
        @Test
        void areFoundOverSeveralHosts() {
            int request = event(a);
            int forwarded = event(b, request);
            event(b);
            int asked = event(d, forwarded);
            int answered = event(b, asked);
            int done = event(a, answered);
            MotifPattern pattern = MotifPattern.of("client -> shop, shop->pay, pay -> shop, shop -> client");
            assertThat(motifs().find(pattern))
                    .containsExactly(new Motif(List.of(a, b, d), List.of(request, forwarded, asked, answered, done)));
            assertThat(motifs().find(pattern.where("shop", "stock"))).hasSize(1);
            assertThat(motifs().find(pattern.where("shop", "b"))).hasSize(1);
            assertThat(motifs().find(pattern.where("shop", "c"))).isEmpty();
            assertThat(pattern).hasToString("client -> shop, shop -> pay, pay -> shop, shop -> client");
        }

        @Test
        void areListsOfMessagesThatHangTogether() {
            assertThatThrownBy(() -> MotifPattern.of("a -> b, a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("at offset 7: expected a message such as \"a -> b\", found \" a\"");
            assertThatThrownBy(() -> MotifPattern.of("")).hasMessageContaining("at offset 0");
            assertThatThrownBy(() -> MotifPattern.of("a -> a")).hasMessageContaining("sends to itself");
            assertThatThrownBy(() -> MotifPattern.of("a -> b, c -> d")).hasMessageContaining("no host in common");
            assertThatThrownBy(() -> MotifPattern.of("a -> b" + ", a -> b".repeat(MotifPattern.MAX_MESSAGES)))
                    .hasMessageContaining("at most 100 messages");
            assertThatThrownBy(() -> MotifPattern.of("a -> b").where("c", "x"))
                    .hasMessage("the pattern has no host \"c\", only a, b");
        }
    }
}
