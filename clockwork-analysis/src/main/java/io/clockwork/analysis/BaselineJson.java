package io.clockwork.analysis;

import io.clockwork.analysis.Baseline.Cell;
import io.clockwork.analysis.CalledOperations.Callee;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonWriter;
import io.clockwork.json.stream.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Baselines as JSON; {@code docs/formats/baseline-json.md} describes the members. */
final class BaselineJson {
    private static final String FORMAT = "clockwork-baseline";
    private static final int VERSION = 1;

    private static final NameTable DOCUMENT = NameTable.of("format", "version", "traces", "operations", "calls");
    private static final NameTable OPERATION =
            NameTable.of("service", "operation", "charged", "errors", "mean", "squares", "zeros", "buckets");
    private static final NameTable CALLER = NameTable.of("service", "operation", "runs", "callees", "most");

    private final JsonScanner json;
    private final Map<Cell, Usual> usual = new TreeMap<>();
    private final Map<Callee, CalledOperations> calls = new TreeMap<>();

    private BaselineJson(JsonScanner json) {
        this.json = json;
    }

    static String write(Baseline baseline) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out);
        json.beginObject().name("format").value(FORMAT).name("version").value(VERSION);
        json.name("traces").value(baseline.traces).name("operations").beginArray();
        baseline.usual.forEach((cell, usual) -> write(json, cell, usual));
        json.endArray().name("calls").beginArray();
        baseline.calls.forEach((caller, called) -> write(json, caller, called));
        json.endArray().endObject().endDocument();
        return SafeText.json(out.append('\n'));
    }

    private static void write(JsonWriter json, Cell cell, Usual usual) {
        json.beginObject();
        json.name("service").value(cell.service());
        json.name("operation").value(cell.operation());
        json.name("charged").value(cell.charged());
        json.name("errors").value(usual.errors);
        json.name("mean").value(usual.mean());
        json.name("squares").value(usual.squares());
        QuantileSketch times = usual.times;
        json.name("zeros").value(times.zeros());
        json.name("buckets").beginArray();
        for (int bucket = times.firstBucket(); bucket <= times.lastBucket(); bucket++) {
            if (times.inBucket(bucket) > 0) {
                json.beginArray().value(bucket).value(times.inBucket(bucket)).endArray();
            }
        }
        json.endArray().endObject();
    }

    private static void write(JsonWriter json, Callee caller, CalledOperations called) {
        json.beginObject();
        json.name("service").value(caller.service());
        json.name("operation").value(caller.operation());
        json.name("runs").value(called.runs);
        json.name("callees").beginArray();
        called.callees.forEach((callee, usage) -> {
            json.beginObject();
            json.name("service").value(callee.service());
            json.name("operation").value(callee.operation());
            json.name("runs").value(usage.runs);
            json.name("most").value(usage.most);
            json.endObject();
        });
        json.endArray().endObject();
    }

    static Baseline read(String text) {
        try (JsonScanner json = JsonScanner.of(text.getBytes(StandardCharsets.UTF_8))) {
            return new BaselineJson(json).document();
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("not a baseline: " + e.getMessage(), e);
        }
    }

    private Baseline document() {
        String format = "";
        long version = 0;
        long traces = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(DOCUMENT)) {
                case 0 -> format = json.nextString();
                case 1 -> version = json.nextLong();
                case 2 -> traces = count("traces");
                case 3 -> elements(this::operation);
                case 4 -> elements(this::caller);
                default -> json.skipValue();
            }
        }
        json.endObject();
        json.endDocument();
        if (!format.equals(FORMAT) || version != VERSION) {
            throw new IllegalArgumentException("not a baseline that can be read: format must be \"" + FORMAT
                    + "\" and version " + VERSION + ", version was " + version);
        }
        return new Baseline(traces, usual, calls);
    }

    private void elements(Runnable element) {
        json.beginArray();
        while (json.hasNext()) {
            element.run();
        }
        json.endArray();
    }

    private void operation() {
        String service = "";
        String operation = "";
        String charged = "";
        double mean = 0;
        double squares = 0;
        Usual read = new Usual();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(OPERATION)) {
                case 0 -> service = json.nextString();
                case 1 -> operation = json.nextString();
                case 2 -> charged = json.nextString();
                case 3 -> read.errors = count("errors");
                case 4 -> mean = json.nextDouble();
                case 5 -> squares = json.nextDouble();
                case 6 -> read.times.addZeros(count("zeros"));
                case 7 -> elements(() -> bucket(read.times));
                default -> json.skipValue();
            }
        }
        json.endObject();
        read.restore(mean, squares);
        usual.computeIfAbsent(new Cell(service, charged, operation), c -> new Usual())
                .addAll(read);
    }

    private void bucket(QuantileSketch times) {
        json.beginArray();
        long bucket = count("bucket");
        if (bucket > QuantileSketch.MAX_BUCKET) {
            throw new IllegalArgumentException(
                    "bucket must be from 0 to " + QuantileSketch.MAX_BUCKET + ", was " + bucket + " at " + json.path());
        }
        times.add((int) bucket, count("count"));
        json.endArray();
    }

    private void caller() {
        CalledOperations called = new CalledOperations();
        String service = "";
        String operation = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(CALLER)) {
                case 0 -> service = json.nextString();
                case 1 -> operation = json.nextString();
                case 2 -> called.runs = count("runs");
                case 3 -> elements(() -> callee(called));
                default -> json.skipValue();
            }
        }
        json.endObject();
        calls.computeIfAbsent(new Callee(service, operation), c -> new CalledOperations())
                .addAll(called);
    }

    private void callee(CalledOperations called) {
        CalledOperations.Usage usage = new CalledOperations.Usage();
        String service = "";
        String operation = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(CALLER)) {
                case 0 -> service = json.nextString();
                case 1 -> operation = json.nextString();
                case 2 -> usage.runs = count("runs");
                case 4 -> usage.most = count("most");
                default -> json.skipValue();
            }
        }
        json.endObject();
        called.callees.put(new Callee(service, operation), usage);
    }

    /** A count that no sum of such can overflow. */
    private long count(String name) {
        long count = json.nextLong();
        if (count < 0 || count > 1L << 40) {
            throw new IllegalArgumentException(
                    name + " must be from 0 to " + (1L << 40) + ", was " + count + " at " + json.path());
        }
        return count;
    }
}
