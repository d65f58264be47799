package io.clockwork.json;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How one type of value is a JSON document of its own, wire-compatible with like-a-clockwork.
 *
 * <pre>{@code
 * String saved = JsonForm.VECTOR_CLOCK.write(clock); // {"node_id":"a","clocks":{"a":1,"b":0}}
 * VectorClock restored = JsonForm.VECTOR_CLOCK.read(saved);
 * }</pre>
 *
 * <p>Reading is strict about JSON, names each missing or mistyped member by its path, ignores members that it does not
 * know and refuses whatever the type's own factory refuses. Forms are immutable and safe to share. Costs are linear.
 *
 * @param <T> the type of the value
 */
public final class JsonForm<T> {
    /** {@code {"node_id":"a","time":7}}. */
    public static final JsonForm<LamportTimestamp> LAMPORT_TIMESTAMP =
            of(FormWriters::lamportTimestamp, FormReaders::lamportTimestamp);

    /** {@code {"node_id":"a","time":7}}. */
    public static final JsonForm<LamportClock> LAMPORT_CLOCK = of(FormWriters::lamportClock, FormReaders::lamportClock);

    /** {@code {"clocks":{"a":1,"b":0}}}. */
    public static final JsonForm<VectorTimestamp> VECTOR_TIMESTAMP =
            of(FormWriters::vectorTimestamp, FormReaders::vectorTimestamp);

    /** {@code {"node_id":"a","clocks":{"a":1,"b":0}}}. */
    public static final JsonForm<VectorClock> VECTOR_CLOCK = of(FormWriters::vectorClock, FormReaders::vectorClock);

    /**
     * {@code {"event_type":"order.created","payload":[104,105],"causality":{"clocks":{"a":1}},"event_id":"e-1",
     * "timestamp_utc":null}}. The instant is optional; where it is given it is one of ISO 8601, as {@link
     * java.time.Instant#parse} reads it.
     */
    public static final JsonForm<TracedEvent> TRACED_EVENT = of(FormWriters::tracedEvent, FormReaders::tracedEvent);

    /** {@code "HappensBefore"}, {@code "HappensAfter"}, {@code "Concurrent"} or {@code "Equal"}. */
    public static final JsonForm<CausalityRelation> CAUSALITY_RELATION =
            of(FormWriters::relation, FormReaders::relation);

    private static final int MAX_DEPTH = 512;

    /** Writes a value to a document. */
    interface Writer<T> {
        void write(T value, JsonOut out);
    }

    /** Reads the value at a place of a well-formed document. */
    interface Reader<T> {
        T read(FormReaders.Source source, int at);
    }

    private final Writer<? super T> writer;
    private final Reader<? extends T> reader;
    private final CodecLimits limits;
    private final VectorJson vectors;

    private JsonForm(Writer<? super T> writer, Reader<? extends T> reader, CodecLimits limits) {
        this.writer = writer;
        this.reader = reader;
        this.limits = limits;
        vectors = new VectorJson(limits);
    }

    private static <T> JsonForm<T> of(Writer<? super T> writer, Reader<? extends T> reader) {
        return new JsonForm<>(writer, reader, CodecLimits.DEFAULT);
    }

    /** {@return the form of a whole event whose causality stands in the member {@code name}} */
    static JsonForm<TracedEvent> envelope(String name, CodecLimits limits) {
        return new JsonForm<>(
                (event, out) -> FormWriters.envelope(name, event, out),
                (source, at) -> FormReaders.envelope(name, source, at),
                limits);
    }

    /** {@return this form under other limits} A value is a string or a vector; the payload of an event has no limit. */
    public JsonForm<T> withLimits(CodecLimits limits) {
        return new JsonForm<>(writer, reader, Objects.requireNonNull(limits, "limits"));
    }

    /** {@return the document of {@code value} as text; throws {@link CausalityCodecException} over a limit} */
    public String write(T value) {
        return new String(writeBytes(value), StandardCharsets.UTF_8);
    }

    /** {@return the document of {@code value} in UTF-8; throws {@link CausalityCodecException} over a limit} */
    public byte[] writeBytes(T value) {
        JsonOut out = new JsonOut(limits, vectors);
        try {
            writer.write(value, out);
        } catch (JsonFault fault) {
            throw fault.in(new byte[0]);
        }
        return out.toBytes();
    }

    /** {@return the value of a document; throws {@link CausalityCodecException} if it is not one of this form} */
    public T read(String json) {
        byte[] utf8 = JsonText.utf8(json);
        try {
            return parse(utf8);
        } catch (JsonFault fault) {
            throw fault.in(json, utf8);
        }
    }

    /** {@return the value of a document in UTF-8; throws {@link CausalityCodecException} if it is not of this form} */
    public T read(byte[] json) {
        try {
            return parse(json);
        } catch (JsonFault fault) {
            throw fault.in(json);
        }
    }

    private T parse(byte[] json) {
        int at = JsonSyntax.skipSpace(json, 0, json.length);
        if (at == json.length) {
            throw new JsonFault(Reason.EMPTY, JsonFault.DOCUMENT, JsonFault.NOWHERE, "expected a value, found nothing");
        }
        int end = JsonSyntax.skipSpace(json, JsonSyntax.skipValue(json, at, json.length, MAX_DEPTH), json.length);
        if (end < json.length) {
            throw new JsonFault(Reason.TRAILING_DATA, JsonFault.DOCUMENT, end, "expected nothing after the value");
        }
        return reader.read(new FormReaders.Source(json, limits, vectors), at);
    }
}
