package io.clockwork.analysis.html;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A report as one HTML file for a browser, with all that it needs inside: it loads nothing and sends nothing, and works from
 * {@code file://}. What events say is shown as text, whatever it holds.
 *
 * <p>{@code HtmlReport.of(log, report).titled("nightly run").writeTo(Path.of("report.html"))}
 *
 * <p>Rendering takes time and memory in proportion to the log. The same log and report give the same page. Immutable.
 */
public final class HtmlReport {
    private final EventLog log;
    private final Report report;
    private final String title;

    private HtmlReport(EventLog log, Report report, String title) {
        this.log = log;
        this.report = report;
        this.title = title;
    }

    /** {@return the page of what {@code report} found in {@code log}} */
    public static HtmlReport of(EventLog log, Report report) {
        Objects.requireNonNull(log, "log");
        return new HtmlReport(log, Objects.requireNonNull(report, "report"), "Clockwork");
    }

    /** {@return the same page with another title} */
    public HtmlReport titled(String title) {
        return new HtmlReport(log, report, Objects.requireNonNull(title, "title"));
    }

    /** Writes the page as UTF-8, in place of a file that is there. */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, toString(), StandardCharsets.UTF_8);
    }

    /** {@return the page} */
    @Override
    public String toString() {
        return Page.of(title, new Payload(log, report).render(title));
    }
}
