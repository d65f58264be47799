package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Writes a log in the formats of other tools.
 *
 * <pre>{@code
 * LogWriter.write(EventLog.of(recorder), OutputFormat.PERFETTO, out);
 * }</pre>
 *
 * <p>One log gives the same characters each time. Text of the log is escaped as the format demands.
 */
public final class LogWriter {
    private LogWriter() {}

    /**
     * Writes {@code log} to {@code out}, which should be buffered.
     *
     * <p>O(n) for n events and edges but for {@link OutputFormat#SHIVIZ}, whose vectors have an entry for each task that an event
     * knows of.
     *
     * @return what the format could not hold, so that it was left out or put otherwise; empty if it holds everything
     * @throws UncheckedIOException if {@code out} cannot be written
     */
    public static List<Diagnostic> write(EventLog log, OutputFormat format, Appendable out) {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(out, "out");
        Losses losses = new Losses();
        try {
            switch (format) {
                case EVENTS -> new EventsWriter(log, losses).write(out);
                case SHIVIZ -> new ShiVizWriter(log, losses).write(out);
                case JAEGER -> new JaegerWriter(LogSpans.of(log, losses), losses).write(out);
                case ZIPKIN -> new ZipkinWriter(LogSpans.of(log, losses), losses).write(out);
                case OTLP -> new OtlpWriter(LogSpans.of(log, losses), losses).write(out);
                case PERFETTO -> new PerfettoWriter(log).write(out);
                case DOT -> new DotWriter(log).write(out);
                case MERMAID -> new MermaidWriter(log, losses).write(out);
                case FOLDED -> new FoldedWriter(log, losses).write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return losses.told();
    }
}
