package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import io.clockwork.json.stream.StringCache;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads events as Raceway keeps them: an array of them, or {@code {"events": [...]}}.
 *
 * <p>One pass over each file, without a tree. {@link RacewayOrder} says what orders the events.
 */
final class RacewayReader {
    private static final NameTable DOCUMENT = NameTable.of("events");
    private static final NameTable EVENT =
            NameTable.of("id", "trace_id", "parent_id", "timestamp", "kind", "metadata", "lock_set");
    private static final NameTable METADATA = NameTable.of(
            "thread_id",
            "process_id",
            "service_name",
            "instance_id",
            "duration_ns",
            "distributed_span_id",
            "upstream_span_id");
    private static final long MAX_SECONDS = 4_000_000; // 46 days: what lasts longer is no operation

    private final RacewayOrder order = new RacewayOrder();
    private final StringCache names = StringCache.withSlots(4096);

    /**
     * Reads what {@code in} gives, which stays open.
     *
     * @throws JsonSyntaxException if it is not JSON, or something in it has another type than it must have
     * @throws LogFormatException if it holds no events
     */
    // The caller closes what it opened; the scanner holds nothing else.
    @SuppressWarnings("resource")
    void read(InputStream in) {
        new Reading(JsonScanner.of(in)).document();
    }

    /** Adds all events that were read to a log. */
    void addTo(EventLogBuilder log) {
        order.addTo(log);
    }

    private final class Reading {
        private final JsonScanner json;
        private final JsonForms forms;
        private final RacewayKinds kinds;

        Reading(JsonScanner json) {
            this.json = json;
            forms = new JsonForms(json);
            kinds = new RacewayKinds(json, forms);
        }

        void document() {
            if (json.peek() == JsonToken.BEGIN_ARRAY) {
                events();
            } else {
                boolean fits = false;
                json.beginObject();
                while (json.hasNext()) {
                    if (json.nextName(DOCUMENT) == 0) {
                        fits = true;
                        events();
                    } else {
                        json.skipValue();
                    }
                }
                json.endObject();
                if (!fits) {
                    throw new LogFormatException("at line 1, $: expected a member \"events\" with Raceway's events");
                }
            }
            json.endDocument();
        }

        private void events() {
            if (forms.entersArray()) {
                while (json.hasNext()) {
                    event();
                }
                json.endArray();
            }
        }

        private void event() {
            RacewayEvent event = new RacewayEvent(forms.line());
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(EVENT)) {
                    case 0 -> event.id = forms.scalar(null);
                    case 1 -> event.trace = text();
                    case 2 -> event.parentId = forms.scalar(null);
                    case 3 -> event.nanos = time(forms.scalar(null));
                    case 4 -> kinds.read(event);
                    case 5 -> metadata(event);
                    case 6 -> event.locks = locks();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            order.add(event);
        }

        private String text() {
            return Objects.requireNonNullElse(forms.scalar(names), "");
        }

        private void metadata(RacewayEvent event) {
            if (forms.entersObject()) {
                while (json.hasNext()) {
                    switch (json.nextName(METADATA)) {
                        case 0 -> event.thread = text();
                        case 1 -> event.process = text() + event.process;
                        case 2 -> event.service = text();
                        case 3 -> event.process = event.process + ' ' + text();
                        case 4 -> event.duration = Math.max(event.duration, duration(forms.nanos(), 1));
                        case 5 -> event.span = forms.scalar(names);
                        case 6 -> event.upstreamSpan = forms.scalar(names);
                        default -> json.skipValue();
                    }
                }
                json.endObject();
            }
        }

        private List<String> locks() {
            List<String> locks = new ArrayList<>(2);
            if (forms.entersArray()) {
                while (json.hasNext()) {
                    String lock = forms.scalar(names);
                    if (lock != null) {
                        locks.add(lock);
                    }
                }
                json.endArray();
            }
            return locks.isEmpty() ? List.of() : locks;
        }
    }

    /** {@return a duration in nanoseconds, or 0 for one that is missing or absurd} */
    static long duration(long number, long unitNanos) {
        boolean usable = number > 0 && number < MAX_SECONDS * 1_000_000_000L / unitNanos;
        return usable ? number * unitNanos : 0;
    }

    private static long time(@Nullable String text) {
        if (text == null || text.length() > 64) {
            return SpanRow.NO_TIME;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            long seconds = instant.getEpochSecond();
            return Math.abs(seconds) >= Micros.MAX_NANOS / 1_000_000_000L
                    ? SpanRow.NO_TIME
                    : seconds * 1_000_000_000L + instant.getNano();
        } catch (DateTimeException e) {
            return SpanRow.NO_TIME;
        }
    }
}
