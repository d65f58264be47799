package io.clockwork.json.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Documents as lists of what a reader sees, by our scanner and by Jackson's. */
final class JsonEvents {
    private static final JsonFactory JACKSON = new JsonFactory();

    private JsonEvents() {}

    /** Reads the document to its end with our scanner. */
    static List<String> ofScanner(JsonScanner json) {
        List<String> events = new ArrayList<>();
        while (true) {
            JsonToken token = json.peek();
            switch (token) {
                case BEGIN_OBJECT -> json.beginObject();
                case END_OBJECT -> json.endObject();
                case BEGIN_ARRAY -> json.beginArray();
                case END_ARRAY -> json.endArray();
                case NULL -> json.nextNull();
                default -> {}
            }
            switch (token) {
                case NAME -> events.add("name " + json.nextName());
                case STRING -> events.add("string " + json.nextString());
                case NUMBER -> events.add("number " + json.nextNumberToken());
                case BOOLEAN -> events.add("boolean " + json.nextBoolean());
                case END_DOCUMENT -> {
                    json.endDocument();
                    return events;
                }
                default -> events.add(token.toString());
            }
        }
    }

    /** Reads the document to its end with Jackson; throws if it holds not exactly one value. */
    static List<String> ofJackson(String document) throws IOException {
        List<String> events = new ArrayList<>();
        int roots = 0;
        try (JsonParser parser = JACKSON.createParser(document)) {
            while (parser.nextToken() != null) {
                events.add(
                        switch (parser.currentToken()) {
                            case START_OBJECT -> "BEGIN_OBJECT";
                            case END_OBJECT -> "END_OBJECT";
                            case START_ARRAY -> "BEGIN_ARRAY";
                            case END_ARRAY -> "END_ARRAY";
                            case FIELD_NAME -> "name " + parser.getText();
                            case VALUE_STRING -> "string " + parser.getText();
                            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + parser.getText();
                            case VALUE_TRUE, VALUE_FALSE -> "boolean " + parser.getText();
                            case VALUE_NULL -> "NULL";
                            default -> throw new IOException("no value");
                        });
                boolean rootEnds = parser.getParsingContext().inRoot();
                roots += rootEnds ? 1 : 0;
                if (roots > 1) {
                    throw new IOException("trailing tokens");
                }
            }
        }
        if (roots != 1) {
            throw new IOException("no content");
        }
        return events;
    }
}
