package io.clockwork.json.jackson3;

import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** What Jackson needs to know of the types of clockwork. */
final class ClockworkModule {
    private ClockworkModule() {}

    static JacksonModule of(CodecLimits limits) {
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
        void write(T value, JsonGenerator out);
    }

    /** Reads the value that begins at the parser's token. */
    interface Reader<T> {
        T read(JsonParser in, CodecLimits limits);
    }

    private static final class Serializer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Writer<T> writer;

        Serializer(Class<T> type, Writer<T> writer) {
            super(type);
            this.writer = writer;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
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
        public T deserialize(JsonParser in, DeserializationContext context) {
            return reader.read(in, limits);
        }
    }
}
