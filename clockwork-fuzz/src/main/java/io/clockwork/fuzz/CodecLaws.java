package io.clockwork.fuzz;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderNames;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What holds for every value of a header: it is refused safely, or read to what can be written and read again. */
final class CodecLaws<V> {
    private static final int MAX_MESSAGE = 4_000;
    private static final byte[] NO_PAYLOAD = {};

    private final HeaderCodec<V> codec;
    private final HeaderNames names;
    private final boolean raw;

    CodecLaws(HeaderCodec<V> codec, HeaderNames names, boolean raw) {
        this.codec = codec;
        this.names = names;
        this.raw = raw;
    }

    void check(V value) {
        vector(value);
        lamport(value);
        event(value);
    }

    private void vector(V value) {
        Optional<VectorTimestamp> read = Optional.empty();
        try {
            read = codec.extract(Map.of(names.vector(), value));
        } catch (CausalityCodecException e) {
            refusal(e);
        }
        read.ifPresent(vector -> {
            Map<String, V> headers = new HashMap<>();
            if (written(() -> codec.inject(vector, headers)) && !vector.isEmpty()) {
                same(vector.toString(), codec.extract(headers).orElseThrow().toString());
                same(
                        vector.toString(),
                        codec.extract(headers, Map::get, vector).orElseThrow().toString());
            }
            same(
                    vector.toString(),
                    codec.extract(Map.of(names.vector(), value), Map::get, vector)
                            .orElseThrow()
                            .toString());
        });
    }

    private void lamport(V value) {
        Optional<LamportTimestamp> read = Optional.empty();
        try {
            read = codec.extractLamport(Map.of(names.lamport(), value));
        } catch (CausalityCodecException e) {
            refusal(e);
        }
        read.ifPresent(lamport -> {
            Map<String, V> headers = new HashMap<>();
            if (written(() -> codec.inject(lamport, headers))) {
                same(lamport, codec.extractLamport(headers).orElseThrow());
            }
        });
    }

    /** The value as vector, id and type of one event. */
    private void event(V value) {
        Optional<TracedEvent> read = Optional.empty();
        try {
            read = codec.findEvent(
                    Map.of(names.vector(), value, names.eventId(), value, names.eventType(), value), NO_PAYLOAD);
        } catch (CausalityCodecException e) {
            refusal(e);
        }
        read.ifPresent(event -> {
            Map<String, V> headers = new HashMap<>();
            if (written(() -> codec.inject(event, headers))
                    && !event.causality().isEmpty()) {
                same(event, codec.extractEvent(headers, NO_PAYLOAD));
            }
        });
    }

    /**
     * {@return whether it could be written} Only a limit may stop it, as escapes are longer than what they stand for; and
     * a control character in an event's id or type, where there are no escapes.
     */
    private boolean written(Runnable injection) {
        try {
            injection.run();
            return true;
        } catch (CausalityCodecException e) {
            refusal(e);
            if (e.reason() != Reason.LIMIT_EXCEEDED && !(raw && e.reason() == Reason.ILLEGAL_CHARACTER)) {
                throw e;
            }
            return false;
        }
    }

    static void refusal(CausalityCodecException e) {
        String message = String.valueOf(e.getMessage());
        if (message.length() > MAX_MESSAGE || message.chars().anyMatch(c -> c < 0x20 || (c >= 0x7F && c < 0xA0))) {
            throw new AssertionError("not safe to log: " + message, e);
        }
    }

    static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }
}
