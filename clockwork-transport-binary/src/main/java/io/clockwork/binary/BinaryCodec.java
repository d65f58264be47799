package io.clockwork.binary;

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
 * Carries causality in binary headers, such as those of Kafka records, wire-compatible with like-a-clockwork.
 *
 * <p>A vector travels as a MessagePack map of node ids to counters in {@code causality-vc}, a Lamport timestamp as the
 * UTF-8 of {@code node:time} in {@code causality-lc}, an event's id and type as UTF-8 in {@code causality-eid} and {@code
 * causality-etype}. Vectors are written with ascending ids and in the smallest forms, and read in any order and width.
 * What follows a map, an id that stands twice, and bytes that are not UTF-8 are refused.
 *
 * <p>Costs are linear in the length of the value, and O(n log n) for a vector whose n ids are not in order. A codec keeps
 * the wire form of the ids of a few timestamps: writing one of known ids makes one array, and reading one makes the
 * timestamp alone. What a peer sends can push other peers' ids out, and costs no more than that.
 */
public final class BinaryCodec implements HeaderCodec<byte[]> {
    private static final HeaderNames NAMES =
            new HeaderNames("causality-lc", "causality-vc", "causality-eid", "causality-etype");
    private static final BinaryCodec DEFAULT = new Builder().build();
    private static final BinaryCodec GRPC = new Builder().grpc().build();

    private final HeaderNames names;
    private final HeaderNames lowerNames;
    /** What every name ends in, if there is something that it must. */
    private final String suffix;

    private final BinaryWriter writer;
    private final BinaryReader reader;

    private BinaryCodec(HeaderNames names, String suffix, CodecLimits limits) {
        this.names = names;
        this.suffix = suffix;
        lowerNames = new HeaderNames(
                names.lamport().toLowerCase(Locale.ROOT),
                names.vector().toLowerCase(Locale.ROOT),
                names.eventId().toLowerCase(Locale.ROOT),
                names.eventType().toLowerCase(Locale.ROOT));
        IdTables tables = new IdTables(limits);
        writer = new BinaryWriter(limits, tables);
        reader = new BinaryReader(limits, tables);
    }

    /** {@return the codec with the standard names and limits} */
    public static BinaryCodec create() {
        return DEFAULT;
    }

    /** {@return the codec with the standard limits and the names that gRPC wants of binary metadata: they end in -bin} */
    public static BinaryCodec grpc() {
        return GRPC;
    }

    /** {@return a builder of codecs with other names or other limits} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public <C> void inject(LamportTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super byte[]> setter) {
        setter.set(carrier, names.lamport(), writer.lamport(names.lamport(), timestamp));
    }

    @Override
    public <C> void inject(VectorTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super byte[]> setter) {
        if (!timestamp.isEmpty()) {
            setter.set(carrier, names.vector(), writer.vector(names.vector(), timestamp));
        }
    }

    @Override
    public <C> void inject(TracedEvent event, C carrier, HeaderSetter<? super C, ? super byte[]> setter) {
        VectorTimestamp causality = event.causality();
        byte[] vector = causality.isEmpty() ? null : writer.vector(names.vector(), causality);
        byte[] id = writer.text(names.eventId(), event.id());
        byte[] type = writer.text(names.eventType(), event.type());
        if (vector != null) {
            setter.set(carrier, names.vector(), vector);
        }
        setter.set(carrier, names.eventId(), id);
        setter.set(carrier, names.eventType(), type);
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends byte @Nullable []> getter) {
        return extract(carrier, getter, VectorTimestamp.empty());
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends byte @Nullable []> getter, VectorTimestamp known) {
        byte[] value = get(carrier, getter, names.vector(), lowerNames.vector());
        return value == null ? Optional.empty() : Optional.of(reader.vector(names.vector(), value, known));
    }

    @Override
    public <C> Optional<LamportTimestamp> extractLamport(
            C carrier, HeaderGetter<? super C, ? extends byte @Nullable []> getter) {
        byte[] value = get(carrier, getter, names.lamport(), lowerNames.lamport());
        return value == null ? Optional.empty() : Optional.of(reader.lamport(names.lamport(), value));
    }

    @Override
    public <C> void injectText(String name, String value, C carrier, HeaderSetter<? super C, ? super byte[]> setter) {
        byte[] bytes = writer.text(name, value);
        reader.plain(name, bytes);
        setter.set(carrier, name + suffix, bytes);
    }

    @Override
    public <C> Optional<String> extractText(
            String name, C carrier, HeaderGetter<? super C, ? extends byte @Nullable []> getter) {
        String suffixed = name + suffix;
        byte[] value = get(carrier, getter, suffixed, suffixed.toLowerCase(Locale.ROOT));
        return value == null ? Optional.empty() : Optional.of(reader.plain(name, value));
    }

    @Override
    public <C> TracedEvent extractEvent(
            C carrier, HeaderGetter<? super C, ? extends byte @Nullable []> getter, byte[] payload) {
        byte[] vector = get(carrier, getter, names.vector(), lowerNames.vector());
        if (vector == null) {
            throw missing(names.vector());
        }
        byte[] id = get(carrier, getter, names.eventId(), lowerNames.eventId());
        if (id == null) {
            throw missing(names.eventId());
        }
        byte[] type = get(carrier, getter, names.eventType(), lowerNames.eventType());
        if (type == null) {
            throw missing(names.eventType());
        }
        VectorTimestamp causality = reader.vector(names.vector(), vector, VectorTimestamp.empty());
        return TracedEvent.of(
                reader.text(names.eventId(), id), reader.text(names.eventType(), type), payload, causality);
    }

    private static <C> byte @Nullable [] get(
            C carrier, HeaderGetter<? super C, ? extends byte @Nullable []> getter, String name, String lowerName) {
        byte[] value = getter.get(carrier, name);
        return value != null || name.equals(lowerName) ? value : getter.get(carrier, lowerName);
    }

    private static CausalityCodecException missing(String name) {
        return new CausalityCodecException(
                Reason.MISSING, name, -1, "header is missing; an event needs vector, id and type", "");
    }

    /** Builds codecs; every setting has the standard as its default. */
    public static final class Builder {
        private static final String GRPC_SUFFIX = "-bin";

        private HeaderNames names = NAMES;
        private CodecLimits limits = CodecLimits.DEFAULT;
        private boolean grpc;

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

        /** Appends {@code -bin} to each name that does not end so: gRPC takes binary metadata under such names alone. */
        public Builder grpc() {
            grpc = true;
            return this;
        }

        /** {@return the codec} */
        public BinaryCodec build() {
            return new BinaryCodec(
                    grpc
                            ? new HeaderNames(
                                    suffixed(names.lamport()),
                                    suffixed(names.vector()),
                                    suffixed(names.eventId()),
                                    suffixed(names.eventType()))
                            : names,
                    grpc ? GRPC_SUFFIX : "",
                    limits);
        }

        private static String suffixed(String name) {
            return name.endsWith(GRPC_SUFFIX) ? name : name + GRPC_SUFFIX;
        }
    }
}
