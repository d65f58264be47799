package io.clockwork.json.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clockwork.EventIds;
import io.clockwork.record.EventSink;
import io.clockwork.record.EventSource;
import io.clockwork.record.RecordedTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes recorded events into files, one JSON object a line.
 *
 * <pre>{@code
 * Recorder recorder = Recorder.builder("bank").sink(JsonLogSink.to(Path.of("bank.jsonl"))).build();
 * }</pre>
 *
 * <p>Every batch goes to the operating system in one call, so a killed process leaves whole lines and at most one that is
 * incomplete, the last one. A file that exists is never written to: each run begins a new one, {@code bank.jsonl} or else
 * {@code bank.1.jsonl}, {@code bank.2.jsonl} and so on. Each file can be read without the others. A batch that cannot be
 * written whole is taken back; the next one is tried again, in a new file if need be.
 *
 * <p>For one recorder, which calls it from one thread.
 */
public final class JsonLogSink implements EventSink {
    private final LogOutput output;
    private final String run = EventIds.system().nextString();
    private final BitSet defined = new BitSet();
    private @Nullable Header header;
    private long lost;
    private long toldDropped;
    private long toldMisuses;
    private long toldMalformed;
    private long toldLost;

    private record Header(EventSource source, Instant start, LogEncoder encoder) {}

    private JsonLogSink(Builder builder) {
        output = new LogOutput(new LogFiles(builder.file), builder.maxBytes, builder.maxFiles, builder.sync);
    }

    /** {@return a sink that writes one file a run} */
    public static JsonLogSink to(Path file) {
        return builder(file).build();
    }

    /** {@return a builder of sinks whose first file is {@code file}, in a directory that exists} */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    @Override
    public void open(EventSource source) {
        Instant start = Instant.now();
        header = new Header(source, start, new LogEncoder(System.nanoTime(), source.isTimed()));
    }

    @Override
    public void write(List<RecordedTask> batch) throws IOException {
        Header opened = opened();
        int events = batch.stream().mapToInt(part -> part.events().size()).sum();
        List<Integer> fresh = new ArrayList<>();
        try {
            begin(opened);
            for (RecordedTask part : batch) {
                if (!defined.get(part.id())) {
                    defined.set(part.id());
                    fresh.add(part.id());
                    opened.encoder.task(part);
                }
                opened.encoder.events(part);
            }
            output.write(opened.encoder.take().getBytes(UTF_8));
        } catch (Throwable e) {
            opened.encoder.take();
            fresh.forEach(defined::clear);
            lost += events;
            throw e;
        }
    }

    private Header opened() {
        if (header == null) {
            throw new IllegalStateException("the sink was not opened, call open(source) first");
        }
        return header;
    }

    /** Begins a file if none is begun. */
    private void begin(Header opened) throws IOException {
        if (output.isOpen()) {
            return;
        }
        defined.clear();
        opened.encoder.header(opened.source.node(), run, opened.start);
        output.begin(opened.encoder.take().getBytes(UTF_8));
    }

    @Override
    public void flush() throws IOException {
        tellCounts();
        output.flush();
    }

    private void tellCounts() throws IOException {
        Header opened = opened();
        long dropped = opened.source.dropped();
        long misuses = opened.source.misuses();
        long malformed = opened.source.malformed();
        if (dropped != toldDropped || misuses != toldMisuses || malformed != toldMalformed || lost != toldLost) {
            begin(opened);
            opened.encoder.counts(dropped, misuses, malformed, lost);
            output.write(opened.encoder.take().getBytes(UTF_8));
            toldDropped = dropped;
            toldMisuses = misuses;
            toldMalformed = malformed;
            toldLost = lost;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            output.close();
        }
    }

    /** {@return what is written to, for people} */
    @Override
    public String toString() {
        return "JSON lines in " + output;
    }

    /** Builds sinks. */
    public static final class Builder {
        private final Path file;
        private long maxBytes = Long.MAX_VALUE;
        private int maxFiles = Integer.MAX_VALUE;
        private boolean sync;

        private Builder(Path file) {
            this.file = Objects.requireNonNull(file, "file");
            if (file.getFileName() == null || file.getFileName().toString().isEmpty()) {
                throw new IllegalArgumentException("file must have a name, was \"" + file + '"');
            }
        }

        /** Ends a file with the batch that brings it to so many bytes, from 1; otherwise a run has one file. */
        public Builder maxBytes(long maxBytes) {
            if (maxBytes < 1) {
                throw new IllegalArgumentException("maxBytes must be at least 1, was " + maxBytes);
            }
            this.maxBytes = maxBytes;
            return this;
        }

        /**
         * Sets how many files are kept, from 1, those of earlier runs included: when one more begins, the oldest are
         * deleted. Otherwise all are kept.
         */
        public Builder maxFiles(int maxFiles) {
            if (maxFiles < 1) {
                throw new IllegalArgumentException("maxFiles must be at least 1, was " + maxFiles);
            }
            this.maxFiles = maxFiles;
            return this;
        }

        /** Also has the device keep what was written, whenever there is nothing else to write: survives a power failure. */
        public Builder sync() {
            sync = true;
            return this;
        }

        /** {@return the sink; no file is touched before the first batch} */
        public JsonLogSink build() {
            return new JsonLogSink(this);
        }
    }
}
