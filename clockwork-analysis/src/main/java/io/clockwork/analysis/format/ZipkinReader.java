package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import io.clockwork.record.EventKind;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads Zipkin v2 JSON: an array of spans, or of traces that are arrays of spans.
 *
 * <p>One pass over each file, without a tree. A span that came in several pieces is one; of the two halves of a call that
 * share an id, the called one is below the calling one. Two lists of a file hold two traces, whatever their ids; in several
 * files the first lists of an id are one trace, and so on.
 *
 * @see <a href="https://zipkin.io/zipkin-api/">Zipkin API, v2</a>
 */
final class ZipkinReader {
    private static final NameTable SPAN = NameTable.of(
            "traceId",
            "parentId",
            "id",
            "kind",
            "name",
            "timestamp",
            "duration",
            "localEndpoint",
            "remoteEndpoint",
            "annotations",
            "tags",
            "shared");
    private static final NameTable ENDPOINT = NameTable.of("serviceName", "ipv4", "ipv6", "port");
    private static final NameTable ANNOTATION = NameTable.of("timestamp", "value");

    private final SpanBatch batch = new SpanBatch(true);
    private final Map<String, SpanRow.Instance> processes = new HashMap<>();
    private boolean used;

    SpanFaults faults() {
        return batch.faults();
    }

    /**
     * Reads what {@code in} gives, which stays open.
     *
     * @throws JsonSyntaxException if it is not JSON, or something in it has another type than it must have
     */
    void read(InputStream in) {
        used = true;
        new Reading(in).document();
    }

    /** Adds all spans that were read to a log. */
    void addTo(EventLogBuilder log) {
        if (used) {
            batch.addTo(log);
        }
    }

    /** In which list of a file spans of one trace id came last, and how many lists had some. */
    private static final class Seen {
        private int list;
        private int times;
    }

    private final class Reading {
        private final JsonScanner json;
        private final JsonForms forms;
        private @Nullable String traceId;
        private int lists;
        private final Map<String, Seen> listed = new HashMap<>();

        // The caller closes what it opened; the scanner holds nothing else.
        @SuppressWarnings("resource")
        Reading(InputStream in) {
            json = JsonScanner.of(in);
            forms = new JsonForms(json);
        }

        void document() {
            int spans = 0;
            json.beginArray();
            while (json.hasNext()) {
                if (json.peek() == JsonToken.BEGIN_ARRAY) {
                    lists++;
                    for (json.beginArray(); json.hasNext(); spans++) {
                        span();
                    }
                    json.endArray();
                } else {
                    span();
                    spans++;
                }
            }
            json.endArray();
            json.endDocument();
            if (spans == 0) {
                faults().add(SpanFault.NO_TRACES, "", 0);
            }
        }

        private void span() {
            SpanRow row = new SpanRow(forms.line(), faults().file());
            traceId = null;
            row.hasDuration = true;
            json.beginObject();
            while (json.hasNext()) {
                member(json.nextName(SPAN), row);
            }
            json.endObject();
            String trace = JsonForms.paddedId(traceId);
            if (trace == null) {
                faults().add(SpanFault.MISSING_TRACE_ID, Objects.requireNonNullElse(row.id, "?"), row);
                trace = "unknown";
            }
            batch.add(key(trace), trace, row);
        }

        /** {@return what tells the traces of one list from those of others of this file with the same id} */
        private String key(String trace) {
            if (lists == 0) {
                return trace;
            }
            Seen seen = listed.computeIfAbsent(trace, t -> new Seen());
            if (seen.list != lists) {
                seen.list = lists;
                seen.times++;
            }
            return seen.times == 1 ? trace : trace + ' ' + seen.times;
        }

        private void member(int member, SpanRow row) {
            switch (member) {
                case 0 -> traceId = forms.name();
                case 1 -> row.parentId = JsonForms.paddedId(forms.scalar(null));
                case 2 -> row.id = JsonForms.paddedId(forms.scalar(null));
                case 3 -> row.traits.kind(SpanTraits.kindOf(Objects.requireNonNullElse(forms.name(), "")));
                case 4 -> row.name = forms.name();
                case 5 -> row.start = forms.micros();
                case 6 -> row.end = forms.micros();
                case 7 -> row.process = endpoint();
                case 8 -> row.traits.peer(endpoint().service);
                case 9 -> annotations(row);
                case 10 -> tags(row);
                case 11 -> {
                    if ("true".equals(forms.name())) {
                        row.traits.shared();
                    }
                }
                default -> json.skipValue();
            }
        }

        private SpanRow.Instance endpoint() {
            String service = "";
            String address = "";
            if (forms.entersObject()) {
                while (json.hasNext()) {
                    int member = json.nextName(ENDPOINT);
                    if (member == NameTable.UNKNOWN) {
                        json.skipValue();
                        continue;
                    }
                    String value = Objects.requireNonNullElse(forms.name(), "");
                    if (member == 0) {
                        service = value;
                    } else {
                        address = address.isEmpty() ? value : address + ' ' + value;
                    }
                }
                json.endObject();
            }
            return process(service, address);
        }

        private SpanRow.Instance process(String service, String address) {
            if (service.isEmpty() && address.isEmpty()) {
                return SpanRow.Instance.UNKNOWN;
            }
            return processes.computeIfAbsent(service + '\n' + address, key -> {
                SpanRow.Instance made = new SpanRow.Instance();
                made.service = service;
                made.address = address;
                return made;
            });
        }

        private void annotations(SpanRow row) {
            if (forms.entersArray()) {
                while (json.hasNext()) {
                    annotation(row);
                }
                json.endArray();
            }
        }

        private void annotation(SpanRow row) {
            long nanos = SpanRow.NO_TIME;
            String value = "";
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(ANNOTATION)) {
                    case 0 -> nanos = forms.micros();
                    case 1 -> value = Objects.requireNonNullElse(forms.name(), "");
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (nanos != SpanRow.NO_TIME) {
                row.moment(new SpanMoment(nanos, EventKind.CUSTOM, value, null));
            }
        }

        private void tags(SpanRow row) {
            if (forms.entersObject()) {
                while (json.hasNext()) {
                    int key = json.nextName(SpanTraits.KEYS);
                    if (key == NameTable.UNKNOWN) {
                        json.skipValue();
                    } else if (key == 1) {
                        row.traits.error(); // whatever its value is
                        json.skipValue();
                    } else {
                        row.traits.tag(key, forms.name());
                    }
                }
                json.endObject();
            }
        }
    }
}
