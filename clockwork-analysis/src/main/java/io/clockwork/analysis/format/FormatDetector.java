package io.clockwork.analysis.format;

import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out the format of a file by its beginning. */
final class FormatDetector {
    /** White space of JSON, and the bytes of a byte order mark. */
    private static final String WHITE_SPACE = " \t\r\n\u00EF\u00BB\u00BF";

    private static final NameTable MEMBERS = NameTable.of(
            "resourceSpans",
            "data",
            "spans",
            "processes",
            "traceID",
            "traceId",
            "parentId",
            "localEndpoint",
            "trace_id",
            "parent_id",
            "causality_vector",
            "lock_set",
            "events");
    private static final int MAX_OBJECTS = 4;
    private static final Set<String> STD_OPERATIONS =
            Set.of("r", "w", "acq", "rel", "fork", "join", "begin", "end", "req", "wait", "notify");

    private FormatDetector() {}

    static LogFormat detect(byte[] head) {
        int first = skipWhiteSpace(head, 0);
        if (RecordedLogs.areIn(head, first)) {
            return LogFormat.EVENTS;
        }
        return looksLikeJson(head, first) ? ofJson(head, first) : looksLikeStd(head) ? LogFormat.STD : LogFormat.SHIVIZ;
    }

    /** {@return whether it begins as an object, or as an array of objects or of arrays of them} */
    private static boolean looksLikeJson(byte[] head, int first) {
        int i = first;
        // A log's lines may begin with a bracket too.
        for (int depth = 0; i < head.length && head[i] == '[' && depth < 2; depth++) {
            i = skipWhiteSpace(head, i + 1);
            if (i == head.length || head[i] == ']') {
                return true;
            }
        }
        return head[i] == '{';
    }

    private static LogFormat ofJson(byte[] head, int first) {
        if (head[first] == '[') {
            int second = skipWhiteSpace(head, first + 1);
            if (second < head.length && head[second] == '[') {
                return LogFormat.ZIPKIN;
            }
        }
        try (JsonScanner json = JsonScanner.of(head, first, head.length - first, JsonLimits.DEFAULT)) {
            if (json.peek() == JsonToken.BEGIN_ARRAY) {
                json.beginArray();
            }
            for (int objects = 0; objects < MAX_OBJECTS; objects++) {
                json.beginObject();
                while (json.hasNext()) {
                    LogFormat found = byMember(json.nextName(MEMBERS));
                    if (found != null) {
                        return found;
                    }
                    json.skipValue();
                }
                json.endObject();
            }
        } catch (JsonSyntaxException | IllegalStateException e) {
            return LogFormat.JAEGER; // cut, ended or ill-formed before anything told: whoever reads it will say
        }
        return LogFormat.JAEGER;
    }

    private static @Nullable LogFormat byMember(int member) {
        return switch (member) {
            case 0 -> LogFormat.OTLP;
            case 1, 2, 3, 4 -> LogFormat.JAEGER;
            case 5, 6, 7 -> LogFormat.ZIPKIN;
            case 8, 9, 10, 11, 12 -> LogFormat.RACEWAY;
            default -> null;
        };
    }

    /** {@return whether the first line has a thread and an operation of the std format} */
    static boolean looksLikeStd(byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        int end = start.indexOf('\n');
        String[] fields = start.substring(0, end < 0 ? start.length() : end).split("\\|", -1);
        if (fields.length < 2 || fields[0].isEmpty()) {
            return false;
        }
        int open = fields[1].indexOf('(');
        return STD_OPERATIONS.contains(open < 0 ? fields[1].strip() : fields[1].substring(0, open));
    }

    /** {@return the first index from {@code from} that is neither white space nor part of a byte order mark} */
    static int skipWhiteSpace(byte[] head, int from) {
        int i = from;
        while (i < head.length && WHITE_SPACE.indexOf(head[i] & 0xFF) >= 0) {
            i++;
        }
        return i;
    }
}
