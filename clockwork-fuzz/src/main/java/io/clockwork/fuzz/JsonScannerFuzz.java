package io.clockwork.fuzz;

import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;

/** The JSON scanner: skipping a document and walking through it agree on whether it is one. */
public final class JsonScannerFuzz {
    private JsonScannerFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String skipped = refusal(data, JsonScanner::skipValue);
        String walked = refusal(data, JsonScannerFuzz::walk);
        if (skipped.isEmpty() != walked.isEmpty()) {
            throw new AssertionError("skipped: " + skipped + ", walked: " + walked);
        }
    }

    private interface Reading {
        void read(JsonScanner scanner);
    }

    private static String refusal(byte[] data, Reading reading) {
        try (JsonScanner scanner = JsonScanner.of(data, 0, data.length, JsonLimits.DEFAULT)) {
            reading.read(scanner);
            scanner.endDocument();
            return "";
        } catch (JsonSyntaxException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void walk(JsonScanner scanner) {
        switch (scanner.peek()) {
            case BEGIN_OBJECT -> {
                scanner.beginObject();
                while (scanner.hasNext()) {
                    scanner.nextName();
                    walk(scanner);
                }
                scanner.endObject();
            }
            case BEGIN_ARRAY -> {
                scanner.beginArray();
                while (scanner.hasNext()) {
                    walk(scanner);
                }
                scanner.endArray();
            }
            case STRING -> scanner.nextString();
            case NUMBER -> scanner.nextNumberToken();
            default -> scanner.skipValue();
        }
    }
}
