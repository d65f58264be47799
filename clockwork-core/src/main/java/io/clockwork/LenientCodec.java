package io.clockwork;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A codec that hands what it cannot read to a callback and goes on as if it were absent. */
final class LenientCodec<V> implements HeaderCodec<V> {
    private final HeaderCodec<V> strict;
    private final Consumer<? super RuntimeException> onMalformed;

    LenientCodec(HeaderCodec<V> strict, Consumer<? super RuntimeException> onMalformed) {
        this.strict = strict;
        this.onMalformed = Objects.requireNonNull(onMalformed, "onMalformed");
    }

    @Override
    public <C> void inject(LamportTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super V> setter) {
        strict.inject(timestamp, carrier, setter);
    }

    @Override
    public <C> void inject(VectorTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super V> setter) {
        strict.inject(timestamp, carrier, setter);
    }

    @Override
    public <C> void inject(TracedEvent event, C carrier, HeaderSetter<? super C, ? super V> setter) {
        strict.inject(event, carrier, setter);
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        return extract(carrier, getter, VectorTimestamp.empty());
    }

    @Override
    public <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter, VectorTimestamp known) {
        try {
            return strict.extract(carrier, getter, known);
        } catch (CausalityCodecException malformed) {
            onMalformed.accept(malformed);
            return Optional.empty();
        }
    }

    @Override
    public <C> Optional<LamportTimestamp> extractLamport(
            C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        try {
            return strict.extractLamport(carrier, getter);
        } catch (CausalityCodecException malformed) {
            onMalformed.accept(malformed);
            return Optional.empty();
        }
    }

    @Override
    public <C> void injectText(String name, String value, C carrier, HeaderSetter<? super C, ? super V> setter) {
        strict.injectText(name, value, carrier, setter);
    }

    @Override
    public <C> Optional<String> extractText(
            String name, C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        try {
            return strict.extractText(name, carrier, getter);
        } catch (CausalityCodecException malformed) {
            onMalformed.accept(malformed);
            return Optional.empty();
        }
    }

    @Override
    public <C> TracedEvent extractEvent(
            C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter, byte[] payload) {
        return strict.extractEvent(carrier, getter, payload);
    }

    @Override
    public <C> Optional<TracedEvent> findEvent(
            C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter, byte[] payload) {
        try {
            return strict.findEvent(carrier, getter, payload);
        } catch (CausalityCodecException malformed) {
            onMalformed.accept(malformed);
            return Optional.empty();
        }
    }

    @Override
    public <C> VectorTimestamp receive(
            AtomicVectorClock clock, C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        Optional<VectorTimestamp> remote = extract(carrier, getter, clock.timestamp());
        if (remote.isPresent()) {
            try {
                return clock.receive(remote.get());
            } catch (OwnCounterAheadException forged) {
                onMalformed.accept(forged);
            }
        }
        return clock.tick();
    }
}
