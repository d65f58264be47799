package io.clockwork.json.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.io.IOException;

/** What Jackson needs to know of the types of clockwork. */
final class ClockworkModule {
    private ClockworkModule() {}

    static Module of(CodecLimits limits) {
        SimpleModule module = new SimpleModule("clockwork");
        add(module, limits, LamportTimestamp.class, ValueWriters::lamportTimestamp, ValueReaders::lamportTimestamp);
        add(module, limits, LamportClock.class, ValueWriters::lamportClock, ValueReaders::lamportClock);
        add(module, limits, VectorTimestamp.class, ValueWriters::vectorTimestamp, ValueReaders::vectorTimestamp);
        add(module, limits, VectorClock.class, ValueWriters::vectorClock, ValueReaders::vectorClock);
        add(module, limits, TracedEvent.class, ValueWriters::tracedEvent, ValueReaders::tracedEvent);
        add(module, limits, CausalityRelation.class, ValueWriters::relation, ValueReaders::relation);
        return module;
    }

    private static <T> void add(
            SimpleModule module, CodecLimits limits, Class<T> type, Writer<T> writer, Reader<T> reader) {
        module.addSerializer(type, new Serializer<>(type, writer));
        module.addDeserializer(type, new Deserializer<>(type, reader, limits));
    }

    /** Writes a value. */
    interface Writer<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    /** Reads the value that begins at the parser's token. */
    interface Reader<T> {
        T read(JsonParser in, CodecLimits limits) throws IOException;
    }

    private static final class Serializer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Writer<T> writer;

        Serializer(Class<T> type, Writer<T> writer) {
            super(type);
            this.writer = writer;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            writer.write(value, out);
        }
    }

    private static final class Deserializer<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Reader<T> reader;
        private final transient CodecLimits limits;

        Deserializer(Class<T> type, Reader<T> reader, CodecLimits limits) {
            super(type);
            this.reader = reader;
            this.limits = limits;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return reader.read(in, limits);
        }
    }
}
