package io.clockwork.testing;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderGetter;
import io.clockwork.HeaderSetter;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The canonical text forms as headers, for tests of modules that know no wire form. */
public final class PlainCodec implements HeaderCodec<String> {
    public static final String VECTOR = "vector";
    private static final String LAMPORT = "lamport";
    private static final String ID = "id";
    private static final String TYPE = "type";
    private static final int MAX_LENGTH = 8_192;

    @Override
    public <C> void inject(LamportTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super String> setter) {
        setter.set(carrier, LAMPORT, timestamp.toString());
    }

    @Override
    public <C> void inject(VectorTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super String> setter) {
        injectText(VECTOR, timestamp.toString(), carrier, setter);
    }

    @Override
    public <C> void inject(TracedEvent event, C carrier, HeaderSetter<? super C, ? super String> setter) {
        inject(event.causality(), carrier, setter);
        setter.set(carrier, ID, event.id());
        setter.set(carrier, TYPE, event.type());
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter) {
        return extractText(VECTOR, carrier, getter).map(VectorTimestamp::parse);
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter, VectorTimestamp known) {
        return extract(carrier, getter);
    }

    @Override
    public <C> Optional<LamportTimestamp> extractLamport(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter) {
        return extractText(LAMPORT, carrier, getter).map(LamportTimestamp::parse);
    }

    @Override
    public <C> void injectText(String name, String value, C carrier, HeaderSetter<? super C, ? super String> setter) {
        setter.set(carrier, name, checked(name, value));
    }

    @Override
    public <C> Optional<String> extractText(
            String name, C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter) {
        String value = getter.get(carrier, name);
        return value == null ? Optional.empty() : Optional.of(checked(name, value));
    }

    private static String checked(String name, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new CausalityCodecException(Reason.LIMIT_EXCEEDED, name, -1, "empty or too long", "");
        }
        return value;
    }

    @Override
    public <C> TracedEvent extractEvent(
            C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter, byte[] payload) {
        return TracedEvent.of(
                required(ID, carrier, getter),
                required(TYPE, carrier, getter),
                payload,
                VectorTimestamp.parse(required(VECTOR, carrier, getter)));
    }

    private <C> String required(String name, C carrier, HeaderGetter<? super C, ? extends @Nullable String> getter) {
        return extractText(name, carrier, getter)
                .orElseThrow(() -> new CausalityCodecException(Reason.MISSING, name, -1, "header is missing", ""));
    }
}
