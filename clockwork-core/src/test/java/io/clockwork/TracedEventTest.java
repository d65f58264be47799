package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TracedEventTest {
    private static final VectorTimestamp CAUSALITY = VectorTimestamp.of("a", 1);

    private static TracedEvent event(byte... payload) {
        return TracedEvent.of("id-1", "order.created", payload, CAUSALITY);
    }

    @Nested
    class Members {
        @Test
        void areWhatWasGiven() {
            TracedEvent event = event((byte) 1, (byte) 2);
            assertThat(event.id()).isEqualTo("id-1");
            assertThat(event.type()).isEqualTo("order.created");
            assertThat(event.payload()).containsExactly(1, 2);
            assertThat(event.causality()).isEqualTo(CAUSALITY);
            assertThat(event.instant()).isEmpty();
        }

        @Test
        void thePayloadIsCopiedInAndOut() {
            byte[] payload = {1};
            TracedEvent event = event(payload);
            payload[0] = 2;
            event.payload()[0] = 3;
            assertThat(event.payload()).containsExactly(1);
        }

        @Test
        void anInstantIsWhatTheCallerGives() {
            TracedEvent event = event();
            assertThat(event.withInstant(Instant.EPOCH).instant()).contains(Instant.EPOCH);
            assertThat(event.instant()).isEmpty();
            assertThat(event.withInstant(Instant.EPOCH)).isNotEqualTo(event);
        }

        @Test
        void logsDoNotShowThePayload() {
            assertThat(event((byte) 1)).hasToString("order.created[id-1 @ a=1]");
        }
    }

    @Nested
    class Refusals {
        @Test
        void anEmptyIdIsRefused() { // 4.5
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class, () -> TracedEvent.of("", "type", new byte[0], CAUSALITY)))
                    .hasMessage("event id must not be empty; without one duplicates go unseen");
        }

        @Test
        void anEmptyTypeIsRefused() { // 4.5
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class, () -> TracedEvent.of("id", "", new byte[0], CAUSALITY)))
                    .hasMessage("event type must not be empty; name what happened");
        }
    }

    @Nested
    class Equality {
        @Test
        void isThatOfAllMembers() {
            assertThat(event((byte) 1)).isEqualTo(event((byte) 1)).hasSameHashCodeAs(event((byte) 1));
            assertThat(event((byte) 1)).isNotEqualTo(event((byte) 2));
            assertThat(event()).isNotEqualTo(TracedEvent.of("id-2", "order.created", new byte[0], CAUSALITY));
            assertThat(event()).isNotEqualTo(TracedEvent.of("id-1", "other", new byte[0], CAUSALITY));
            assertThat(event())
                    .isNotEqualTo(TracedEvent.of("id-1", "order.created", new byte[0], VectorTimestamp.of("a", 2)));
        }

        @Test
        void spreadsOverTheHashCodes() {
            assertThat(event())
                    .doesNotHaveSameHashCodeAs(TracedEvent.of("id-2", "order.created", new byte[0], CAUSALITY));
        }

        @Test
        void needsNoIdOfTheCaller() {
            TracedEvent one = TracedEvent.of("t", new byte[0], CAUSALITY);
            assertThat(one.id()).hasSize(36);
            assertThat(TracedEvent.of("t", new byte[0], CAUSALITY).id()).isGreaterThan(one.id());
        }

        @Test
        void comparingIsComparingTheTimestamps() {
            TracedEvent later = TracedEvent.of("id-2", "t", new byte[0], VectorTimestamp.of("a", 2));
            assertThat(event().compare(later)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
            assertThat(later.compare(event())).isEqualTo(CausalityRelation.HAPPENS_AFTER);
        }
    }
}
