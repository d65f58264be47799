package io.clockwork.analysis;

import io.clockwork.analysis.Suspect.Clue;
import io.clockwork.json.stream.JsonWriter;
import java.util.List;

/** Renders a difference as JSON; {@code docs/formats/difference-json.md} describes the members. */
final class DifferenceJson {
    /** Raised when a member changes its meaning or goes. */
    private static final int VERSION = 1;

    private final StringBuilder out = new StringBuilder();
    private final JsonWriter json = JsonWriter.indented(out);

    private DifferenceJson() {}

    static String write(TraceDifference difference) {
        return new DifferenceJson().render(difference);
    }

    private String render(TraceDifference difference) {
        json.beginObject();
        json.name("version").value(VERSION);
        json.name("tracesBefore").value(difference.tracesBefore());
        json.name("tracesAfter").value(difference.tracesAfter());
        json.name("suspects").beginArray();
        difference.suspects().forEach(this::suspect);
        json.endArray();
        changes("services", difference.services());
        changes("operations", difference.operations());
        json.endObject();
        json.endDocument();
        return SafeText.json(out.append('\n'));
    }

    private void suspect(Suspect suspect) {
        json.beginObject();
        json.name("service").value(suspect.service());
        json.name("score").value(finite(suspect.score()));
        json.name("clues").beginArray();
        for (Clue clue : suspect.clues()) {
            json.beginObject();
            json.name("kind").value(clue.kind().name());
            json.name("caller").value(clue.caller());
            json.name("operation").value(clue.operation());
            json.name("callee").value(clue.callee());
            json.name("shared").value(clue.shared());
            json.name("before").value(clue.before());
            json.name("after").value(clue.after());
            json.name("significance").value(finite(clue.significance()));
            json.name("nanosPerTrace").value(clue.nanosPerTrace());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    /** JSON has no infinity, which identical times give. */
    private static double finite(double value) {
        return Double.isNaN(value) ? 0 : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    private void changes(String name, List<TraceDifference.Change> changes) {
        json.name(name).beginArray();
        for (TraceDifference.Change change : changes) {
            json.beginObject();
            json.name("name").value(change.name());
            json.name("before").value(change.before());
            json.name("after").value(change.after());
            json.name("nanosPerTrace").value(change.nanosPerTrace());
            json.endObject();
        }
        json.endArray();
    }
}
