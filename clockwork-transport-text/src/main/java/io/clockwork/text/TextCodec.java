package io.clockwork.text;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderGetter;
import io.clockwork.HeaderNames;
import io.clockwork.HeaderSetter;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries causality in text headers, wire-compatible with like-a-clockwork.
 *
 * <p>A vector travels as {@code a=1,b=0} in {@code X-Causality-Vector}, a Lamport timestamp as {@code node:time} in
 * {@code X-Causality-Lamport}, an event's id and type in {@code X-Causality-EventId} and {@code X-Causality-EventType}.
 * Characters other than visible ASCII travel percent-encoded. Costs are linear in the length of the value.
 */
public final class TextCodec implements HeaderCodec<String> {
    private static final HeaderNames NAMES = new HeaderNames(
            "X-Causality-Lamport", "X-Causality-Vector", "X-Causality-EventId", "X-Causality-EventType");
    private static final TextCodec DEFAULT = new Builder().build();

    private final HeaderNames names;
    private final HeaderNames lowerNames;
    private final VectorText vectors;
    private final TextWriter writer;
    private final TextReader reader;

    private TextCodec(Builder builder) {
        names = builder.names;
        lowerNames = new HeaderNames(
                names.lamport().toLowerCase(Locale.ROOT),
                names.vector().toLowerCase(Locale.ROOT),
                names.eventId().toLowerCase(Locale.ROOT),
                names.eventType().toLowerCase(Locale.ROOT));
        writer = new TextWriter(builder.limits, builder.raw);
        reader = new TextReader(builder.limits, builder.raw);
        vectors = new VectorText(names.vector(), builder.limits, writer, reader);
    }

    /** {@return the codec with the standard names and limits} */
    public static TextCodec create() {
        return DEFAULT;
    }

    /** {@return a builder of codecs with other names, other limits or without escapes} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public <C> void inject(LamportTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super String> setter) {
        setter.set(carrier, names.lamport(), writer.lamport(names.lamport(), timestamp));
    }

    @Override
    public <C> void inject(VectorTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super String> setter) {
        if (!timestamp.isEmpty()) {
            setter.set(carrier, names.vector(), vectors.write(timestamp));
        }
    }

    @Override
    public <C> void inject(TracedEvent event, C carrier, HeaderSetter<? super C, ? super String> setter) {
        String vector = vectors.write(event.causality());
        String id = writer.text(names.eventId(), event.id());
        String type = writer.text(names.eventType(), event.type());
        if (!vector.isEmpty()) {
            setter.set(carrier, names.vector(), vector);
        }
        setter.set(carrier, names.eventId(), id);
        setter.set(carrier, names.eventType(), type);
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter) {
        return extract(carrier, getter, VectorTimestamp.empty());
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter, VectorTimestamp known) {
        String value = get(carrier, getter, names.vector(), lowerNames.vector());
        return value == null ? Optional.empty() : Optional.of(vectors.read(value, known));
    }

    @Override
    public <C> Optional<LamportTimestamp> extractLamport(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter) {
        String value = get(carrier, getter, names.lamport(), lowerNames.lamport());
        return value == null ? Optional.empty() : Optional.of(reader.lamport(names.lamport(), value));
    }

    @Override
    public <C> void injectText(String name, String value, C carrier, HeaderSetter<? super C, ? super String> setter) {
        setter.set(carrier, name, reader.plain(name, value));
    }

    @Override
    public <C> Optional<String> extractText(
            String name, C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter) {
        String value = get(carrier, getter, name, name.toLowerCase(Locale.ROOT));
        return value == null ? Optional.empty() : Optional.of(reader.plain(name, value));
    }

    @Override
    public <C> TracedEvent extractEvent(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter, byte[] payload) {
        String vector = get(carrier, getter, names.vector(), lowerNames.vector());
        if (vector == null) {
            throw missing(names.vector());
        }
        String id = get(carrier, getter, names.eventId(), lowerNames.eventId());
        if (id == null) {
            throw missing(names.eventId());
        }
        String type = get(carrier, getter, names.eventType(), lowerNames.eventType());
        if (type == null) {
            throw missing(names.eventType());
        }
        VectorTimestamp causality = vectors.read(vector, VectorTimestamp.empty());
        return TracedEvent.of(
                reader.text(names.eventId(), id), reader.text(names.eventType(), type), payload, causality);
    }

    private static <C> @Nullable String get(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter, String name, String lowerName) {
        String value = getter.get(carrier, name);
        return value != null ? value : getter.get(carrier, lowerName);
    }

    private static CausalityCodecException missing(String name) {
        return new CausalityCodecException(
                Reason.MISSING, name, -1, "header is missing; an event needs vector, id and type", "");
    }

    /** Builds codecs; every setting has the standard as its default. */
    public static final class Builder {
        private HeaderNames names = NAMES;
        private CodecLimits limits = CodecLimits.DEFAULT;
        private boolean raw;

        private Builder() {}

        /** Sets the header names. */
        public Builder names(HeaderNames names) {
            this.names = Objects.requireNonNull(names, "names");
            return this;
        }

        /** Sets the limits for reading and writing. */
        public Builder limits(CodecLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Neither escapes nor unescapes: for peers that run like-a-clockwork with ids beyond visible ASCII, over
         * transports that carry them.
         */
        public Builder raw() {
            raw = true;
            return this;
        }

        /** {@return the codec} */
        public TextCodec build() {
            return new TextCodec(this);
        }
    }
}
