package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Ids and tags of spans as forms can hold them: an id that fits stays, another one is made from it. */
final class SpanIds {
    private static final int SPAN_DIGITS = 16;
    private static final int TRACE_DIGITS = 32;

    private final EventLog log;
    private final Form form;
    private final Losses losses;
    private final Set<String> usedTraces = new HashSet<>();

    /** What ids a form takes. */
    enum Form {
        JAEGER,
        ZIPKIN,
        OTLP
    }

    SpanIds(EventLog log, Form form, Losses losses) {
        this.log = log;
        this.form = form;
        this.losses = losses;
    }

    /** {@return the id of a trace} */
    String trace(int trace) {
        String name = log.traceName(trace);
        String id = name;
        if (form != Form.JAEGER && !isHex(name, TRACE_DIGITS) && !(form == Form.ZIPKIN && isHex(name, SPAN_DIGITS))) {
            boolean shorter = isHex(name, name.length()) && name.length() < TRACE_DIGITS;
            id = shorter ? "0".repeat(TRACE_DIGITS - name.length()) + name : hash(name, 0) + hash(name, 1);
        }
        for (int seed = 2; !usedTraces.add(id); seed += 2) {
            id = hash(name, seed) + hash(name, seed + 1);
        }
        if (!id.equals(name)) {
            losses.add(
                    "TRACE_ID_CHANGED",
                    "[trace has an id|traces have ids] that the form cannot hold: [a new one was|new ones were] made");
        }
        return id;
    }

    /** Gives each span of a trace an id. */
    void assign(List<LogSpan> spans) {
        Set<String> used = new HashSet<>();
        for (LogSpan span : spans) {
            boolean fits = form == Form.JAEGER ? !span.id.isEmpty() : isHex(span.id, SPAN_DIGITS);
            // Two halves of one service would be taken for pieces of one span.
            String half = isHalf(span) ? log.service(span.task) + '\n' + span.id : span.id;
            if (fits && used.add(half)) {
                span.writtenId = span.id;
            }
        }
        for (LogSpan span : spans) {
            for (int seed = 0; span.writtenId.isEmpty(); seed++) {
                String id = hash(span.id, seed);
                if (used.add(id)) {
                    span.writtenId = id;
                    losses.add(
                            "SPAN_ID_CHANGED",
                            "[span has an id|spans have ids] that the form cannot hold: [a new one was|new ones were] made");
                }
            }
        }
    }

    /** {@return whether a span is the called half of its parent, and the form can say so} */
    private boolean isHalf(LogSpan span) {
        boolean shared = form == Form.ZIPKIN && span.isTask && log.isShared(span.task);
        return shared && span.parent != null && span.parent.id.equals(span.id);
    }

    /** {@return the id of a parent that is not there, or an empty string} */
    String missingParent(LogSpan span) {
        String id = span.isTask && span.parent == null ? log.missingParent(span.task) : "";
        return id.isEmpty() || form == Form.JAEGER || isHex(id, SPAN_DIGITS) ? id : hash(id, 0);
    }

    /** {@return what is said of a span by keys and values; numbers and booleans as such} */
    Map<String, Object> tags(LogSpan span, String traceId) {
        Map<String, Object> tags = new LinkedHashMap<>();
        if (span.isTask) {
            SpanKind kind = log.spanKind(span.task);
            if ((kind != SpanKind.UNKNOWN && form == Form.JAEGER)
                    || (kind == SpanKind.INTERNAL && form == Form.ZIPKIN)) {
                tags.put("span.kind", kind.name().toLowerCase(Locale.ROOT));
            }
            if (log.isError(span.task) && form != Form.OTLP) {
                tags.put("error", true);
            }
            if (log.status(span.task) > 0) {
                tags.put("http.status_code", (long) log.status(span.task));
            }
            if (!log.peer(span.task).isEmpty() && form != Form.ZIPKIN) {
                tags.put("peer.service", log.peer(span.task));
            }
        }
        if (follows(span) && form != Form.JAEGER) {
            tags.put("opentracing.ref_type", SpanTraits.FOLLOWS_FROM);
        }
        if (!span.id.equals(span.writtenId)) {
            tags.put("clockwork.id", span.id);
        }
        String trace = log.traceName(log.trace(span.task));
        if (!trace.equals(traceId) && !trace.isEmpty()) {
            tags.put("clockwork.trace", trace);
        }
        return tags;
    }

    /** {@return whether a span only follows from its parent, which may not wait} */
    boolean follows(LogSpan span) {
        if (span.link == Link.MESSAGE && span.parent != null) {
            boolean told =
                    log.spanKind(span.task) == SpanKind.CONSUMER && log.spanKind(span.parent.task) == SpanKind.PRODUCER;
            return !told;
        }
        return span.link == Link.FOLLOWS || span.link == Link.FORK;
    }

    /** {@return microseconds of nanoseconds, cut} */
    long micros(long nanos) {
        if (nanos % 1_000 != 0) {
            losses.add("TIME_CUT", "[time is no|times are no] whole microseconds: cut");
        }
        return Math.floorDiv(nanos, 1_000);
    }

    private static boolean isHex(String text, int digits) {
        if (text.length() != digits || digits == 0) {
            return false;
        }
        boolean zeros = true;
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if ("0123456789abcdef".indexOf(c) < 0) {
                return false;
            }
            zeros &= c == '0';
        }
        return !zeros;
    }

    /** {@return 16 digits that depend on nothing but the text and the seed} */
    private static String hash(String text, int seed) {
        long hash = 0xCBF29CE484222325L + seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return HexFormat.of().toHexDigits(hash == 0 ? 1 : hash);
    }
}
