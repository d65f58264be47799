package io.clockwork.json;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.EventIds;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries causality inside JSON objects, as one member beside those of the payload; wire-compatible with
 * like-a-clockwork.
 *
 * <pre>{@code
 * {"order_id":42,"_causality":{"vector":{"a":1,"b":0},"event_type":"order.created","event_id":"event-123"}}
 * }</pre>
 *
 * <p>A payload is the object's UTF-8 bytes, its text, or a map. Of bytes and text nothing is parsed into objects: the
 * member is spliced in and cut out, and everything else stays byte for byte, so that numbers keep their digits. What {@code
 * extract} gives for what {@code inject} gave is the payload as it was. Both read the document once, strictly (RFC 8259,
 * UTF-8, no lone surrogates, no second such member) and linearly, and allocate little beside their result; bytes are
 * faster than text.
 *
 * <p>Limits: {@link CodecLimits#maxValueBytes()} is that of the member's whole value. Codecs are immutable and safe to
 * share; to share one is faster, too, because it keeps the JSON of the ids that it saw last.
 */
public final class JsonCodec {
    private static final JsonCodec DEFAULT = new Builder().build();
    private static final byte[] NOTHING = {}; // the input of what is no text

    private final CausalityJson member;
    private final CausalityReader reader;
    private final Builder settings;
    private final @Nullable Consumer<? super RuntimeException> onMalformed;

    private JsonCodec(
            CausalityJson member, Builder settings, @Nullable Consumer<? super RuntimeException> onMalformed) {
        this.member = member;
        reader = new CausalityReader(member);
        this.settings = settings;
        this.onMalformed = onMalformed;
    }

    /** {@return the codec of the member {@code _causality} with the standard limits} */
    public static JsonCodec create() {
        return DEFAULT;
    }

    /** {@return a builder of codecs with another member, other limits, or other manners} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns {@code payload} with the causality of a new event, whose id {@link EventIds#system()} makes.
     *
     * @param causality the timestamp of the event, usually what {@code clock.send()} gave
     * @param type what happened, for instance {@code order.created}; not empty
     * @param payload an object in UTF-8; not changed
     * @throws CausalityCodecException if the payload is not an object, holds the member already, or a limit is exceeded
     */
    public byte[] inject(VectorTimestamp causality, String type, byte[] payload) {
        return inject(causality, requireType(type), EventIds.system().nextString(), payload);
    }

    /** As {@link #inject(VectorTimestamp, String, byte[])}, for an object in text. */
    public String inject(VectorTimestamp causality, String type, String payload) {
        return inject(causality, requireType(type), EventIds.system().nextString(), payload);
    }

    /** As {@link #inject(VectorTimestamp, String, byte[])}, for a map; returns a copy, in which values are shared. */
    public Map<String, @Nullable Object> inject(
            VectorTimestamp causality, String type, Map<String, ? extends @Nullable Object> payload) {
        return inject(causality, requireType(type), EventIds.system().nextString(), payload);
    }

    /** As {@link #inject(VectorTimestamp, String, byte[])}, with the event's vector, type and id; not its payload. */
    public byte[] inject(TracedEvent event, byte[] payload) {
        return inject(event.causality(), event.type(), event.id(), payload);
    }

    /** As {@link #inject(TracedEvent, byte[])}, for an object in text. */
    public String inject(TracedEvent event, String payload) {
        return inject(event.causality(), event.type(), event.id(), payload);
    }

    /** As {@link #inject(TracedEvent, byte[])}, for a map; returns a copy, in which values are shared. */
    public Map<String, @Nullable Object> inject(TracedEvent event, Map<String, ? extends @Nullable Object> payload) {
        return inject(event.causality(), event.type(), event.id(), payload);
    }

    private static String requireType(String type) {
        if (type.isEmpty()) {
            throw new IllegalArgumentException("event type must not be empty; name what happened");
        }
        return type;
    }

    private byte[] inject(VectorTimestamp causality, String type, String id, byte[] payload) {
        try {
            return splice(causality, type, id, payload);
        } catch (JsonFault fault) {
            throw fault.in(payload);
        }
    }

    private String inject(VectorTimestamp causality, String type, String id, String payload) {
        byte[] utf8 = JsonText.utf8(payload);
        try {
            return new String(splice(causality, type, id, utf8), StandardCharsets.UTF_8);
        } catch (JsonFault fault) {
            throw fault.in(payload, utf8);
        }
    }

    private Map<String, @Nullable Object> inject(
            VectorTimestamp causality, String type, String id, Map<String, ? extends @Nullable Object> payload) {
        if (!settings.replacing && payload.containsKey(member.name)) {
            throw present(JsonFault.NOWHERE).in(NOTHING);
        }
        try {
            return CausalityMap.inject(member, causality, type, id, payload);
        } catch (JsonFault fault) {
            throw fault.in(NOTHING);
        }
    }

    private byte[] splice(VectorTimestamp causality, String type, String id, byte[] payload) {
        if (settings.trusted) {
            return member.append(payload, JsonDocument.trustedEnd(payload), causality, type, id);
        }
        long place = reader.locate(payload);
        if (place < 0) {
            return member.append(payload, (int) -place, causality, type, id);
        }
        int quote = (int) (place >>> 32);
        if (!settings.replacing) {
            throw present(quote);
        }
        return member.replace(payload, JsonDocument.valueOf(payload, quote), (int) place, causality, type, id);
    }

    private JsonFault present(int at) {
        return new JsonFault(
                Reason.DUPLICATE_MEMBER,
                member.name,
                at,
                "payload holds the member already; extract it first, or build the codec with replacing()");
    }

    /**
     * Returns the payload without its causality, and the causality.
     *
     * @param json an object in UTF-8; not changed
     * @throws CausalityCodecException if this is not an object that holds the member with vector, type and id; of several
     *     that are missing or malformed, the first in this order is named
     */
    public JsonMessage<byte[]> extract(byte[] json) {
        return require(read(json));
    }

    /** As {@link #extract(byte[])}, for an object in text. */
    public JsonMessage<String> extract(String json) {
        return require(read(json));
    }

    /**
     * As {@link #extract(byte[])}, for a map, in which objects are maps and integers are {@code Long}, {@code Integer} or
     * another type of {@code java.lang} or {@code java.math} for them. The payload is a copy, in which values are shared.
     */
    public JsonMessage<Map<String, @Nullable Object>> extract(Map<String, ? extends @Nullable Object> json) {
        return require(read(json));
    }

    /**
     * As {@link #extract(byte[])}, but empty when the object does not hold the member: {@code
     * codec.find(body).map(m -> clock.receive(m.causality())).orElseGet(clock::tick)}.
     *
     * @throws CausalityCodecException if the document or the member is malformed and this codec is not {@link #lenient}
     */
    public Optional<JsonMessage<byte[]>> find(byte[] json) {
        return find(() -> read(json));
    }

    /** As {@link #find(byte[])}, for an object in text. */
    public Optional<JsonMessage<String>> find(String json) {
        return find(() -> read(json));
    }

    /** As {@link #find(byte[])}, for a map as {@link #extract(Map)} takes it. */
    public Optional<JsonMessage<Map<String, @Nullable Object>>> find(Map<String, ? extends @Nullable Object> json) {
        return find(() -> read(json));
    }

    /** {@return whether {@link #extract(byte[])} would give a result} */
    public boolean hasCausality(byte[] json) {
        return isPresent(() -> read(json));
    }

    /** {@return whether {@link #extract(String)} would give a result} */
    public boolean hasCausality(String json) {
        return isPresent(() -> read(json));
    }

    /** {@return whether {@link #extract(Map)} would give a result} */
    public boolean hasCausality(Map<String, ? extends @Nullable Object> json) {
        return isPresent(() -> read(json));
    }

    private @Nullable JsonMessage<byte[]> read(byte[] json) {
        try {
            return readBytes(json);
        } catch (JsonFault fault) {
            throw fault.in(json);
        }
    }

    private @Nullable JsonMessage<String> read(String json) {
        byte[] utf8 = JsonText.utf8(json);
        try {
            JsonMessage<byte[]> message = readBytes(utf8);
            return message == null ? null : message.withPayload(new String(message.payload(), StandardCharsets.UTF_8));
        } catch (JsonFault fault) {
            throw fault.in(json, utf8);
        }
    }

    private @Nullable JsonMessage<Map<String, @Nullable Object>> read(Map<String, ? extends @Nullable Object> json) {
        try {
            return CausalityMap.read(member, json);
        } catch (JsonFault fault) {
            throw fault.in(NOTHING);
        }
    }

    private @Nullable JsonMessage<byte[]> readBytes(byte[] json) {
        long place = reader.locate(json);
        return place < 0 ? null : reader.read(json, (int) (place >>> 32), (int) place);
    }

    private <P> JsonMessage<P> require(@Nullable JsonMessage<P> message) {
        if (message == null) {
            throw new CausalityCodecException(Reason.MISSING, member.name, -1, "member is missing", "");
        }
        return message;
    }

    private <P> Optional<JsonMessage<P>> find(Supplier<@Nullable JsonMessage<P>> reader) {
        try {
            return Optional.ofNullable(reader.get());
        } catch (CausalityCodecException malformed) {
            if (onMalformed == null) {
                throw malformed;
            }
            onMalformed.accept(malformed);
            return Optional.empty();
        }
    }

    private static boolean isPresent(Supplier<? extends @Nullable Object> reader) {
        try {
            return reader.get() != null;
        } catch (CausalityCodecException malformed) {
            return false;
        }
    }

    /**
     * Returns this codec for input that must not fail a request: what {@code find} cannot read is handed to {@code
     * onMalformed}, with the exception that would have been thrown, and then counts as absent. {@code extract} still
     * throws, as it has nothing else to give.
     *
     * @param onMalformed called in the thread that reads; what it throws reaches the caller
     */
    public JsonCodec lenient(Consumer<? super RuntimeException> onMalformed) {
        return new JsonCodec(member, settings, Objects.requireNonNull(onMalformed, "onMalformed"));
    }

    /** {@return the name of the member} */
    public String member() {
        return member.name;
    }

    /** {@return the limits of the member} */
    public CodecLimits limits() {
        return settings.limits;
    }

    /** {@return the form of a whole event, payload included, under this codec's member and limits} */
    public JsonForm<TracedEvent> envelope() {
        return JsonForm.envelope(member.name, settings.limits);
    }

    /** Builds codecs; every setting has the standard as its default. */
    public static final class Builder {
        private static final int DEFAULT_DEPTH = 512;

        private String name = "_causality";
        private CodecLimits limits = CodecLimits.DEFAULT;
        private int maxDepth = DEFAULT_DEPTH;
        private boolean replacing;
        private boolean trusted;

        private Builder() {}

        private Builder(Builder other) {
            name = other.name;
            limits = other.limits;
            maxDepth = other.maxDepth;
            replacing = other.replacing;
            trusted = other.trusted;
        }

        /**
         * Sets the name of the member; {@code _causality} if not set.
         *
         * @throws IllegalArgumentException if it is empty, or holds a lone surrogate, which UTF-8 cannot carry
         */
        public Builder member(String name) {
            if (name.isEmpty() || JsonText.hasLoneSurrogate(name)) {
                throw new IllegalArgumentException(
                        "member name must be some text without lone surrogates, had " + name.length() + " characters");
            }
            this.name = name;
            return this;
        }

        /** Sets the limits of the member for reading and writing; the payload beside it may have any size. */
        public Builder limits(CodecLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Sets how many objects and arrays may be open at once in a document; 512 if not set. Memory grows by a bit a level.
         *
         * @throws IllegalArgumentException if it is below 4, which the member itself needs
         */
        public Builder maxDepth(int maxDepth) {
            if (maxDepth < 4) {
                throw new IllegalArgumentException(
                        "maxDepth must be at least 4, which the member itself needs, was " + maxDepth);
            }
            this.maxDepth = maxDepth;
            return this;
        }

        /** Lets {@code inject} replace a member that the payload holds already, instead of refusing the payload. */
        public Builder replacing() {
            replacing = true;
            return this;
        }

        /**
         * Lets {@code inject} take bytes and text as they are, for payloads that the caller's own code has just written:
         * they must be well-formed objects without the member, which is not checked. Otherwise the result is not
         * well-formed either, or holds the member twice and is refused when it is read. Reading is as strict as ever.
         */
        public Builder trusted() {
            trusted = true;
            return this;
        }

        /** {@return the codec} */
        public JsonCodec build() {
            Builder settings = new Builder(this);
            return new JsonCodec(new CausalityJson(name, limits, maxDepth), settings, null);
        }
    }
}
