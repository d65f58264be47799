package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.SpanKind;
import io.clockwork.json.stream.NameTable;
import org.jspecify.annotations.Nullable;

/** What the tags of one span say that analyses ask for. */
final class SpanTraits {
    /** The keys of tags that matter. */
    static final NameTable KEYS = NameTable.of(
            "span.kind",
            "error",
            "http.status_code",
            "http.response.status_code",
            "peer.service",
            "otel.status_code",
            "db.system",
            "db.system.name",
            "messaging.system",
            "opentracing.ref_type",
            "clockwork.id",
            "clockwork.trace");

    /** What {@code opentracing.ref_type} says of a parent that may not wait. */
    static final String FOLLOWS_FROM = "follows_from";

    private static final SpanKind[] KINDS = SpanKind.values();
    private static final int MAX_STATUS_DIGITS = 5;

    private boolean hasKind;
    private SpanKind kind = SpanKind.UNKNOWN;
    private boolean error;
    private boolean shared;
    private boolean follows;
    private int status;
    private @Nullable String peer;
    /** The ids that the span and its trace had before a form that could not hold them. */
    private String id = "";

    private String trace = "";
    /** The kind of database or broker: its name where the span has no better one. */
    private String system = "";

    /** Takes a tag whose key has this index in {@link #KEYS}; {@code value} is null if it is no scalar. */
    void tag(int key, @Nullable String value) {
        String text = value == null ? "" : value;
        switch (key) {
            case 0 -> firstKind(kindOf(text));
            case 1 -> error |= !text.equalsIgnoreCase("false");
            case 2, 3 -> status(text);
            case 4 -> peer(text);
            case 5 -> error |= text.equalsIgnoreCase("error");
            case 6, 7, 8 -> system = text;
            case 10 -> id = text;
            case 11 -> trace = text;
            case 9 -> follows |= text.equals(FOLLOWS_FROM);
            default -> {
                // says nothing that is asked for
            }
        }
    }

    /** Of several kinds the first one holds. */
    private void firstKind(SpanKind first) {
        if (!hasKind) {
            kind = first;
            hasKind = true;
        }
    }

    void kind(SpanKind recorded) {
        kind = recorded;
    }

    /** {@return the kind of that name, in whatever case} */
    static SpanKind kindOf(String name) {
        for (SpanKind known : KINDS) {
            if (known.name().equalsIgnoreCase(name)) {
                return known;
            }
        }
        return SpanKind.UNKNOWN;
    }

    void error() {
        error = true;
    }

    void shared() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }

    /** {@return the id that the span had at first} */
    String idOr(String current) {
        return id.isEmpty() ? current : id;
    }

    /** {@return the id that the span's trace had at first} */
    String traceOr(String current) {
        return trace.isEmpty() ? current : trace;
    }

    /** {@return whether the span says that it only follows from its parent} */
    boolean follows() {
        return follows;
    }

    SpanKind kind() {
        return kind;
    }

    private void status(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i == MAX_STATUS_DIGITS) {
                return;
            }
            number = number * 10 + c - '0';
        }
        status = number;
    }

    void peer(String service) {
        if (!service.isEmpty()) {
            peer = service;
        }
    }

    /** Takes what another piece of the same span says and this one does not; returns whether there is any. */
    boolean merge(SpanTraits other) {
        boolean hasNew = (kind == SpanKind.UNKNOWN && other.kind != SpanKind.UNKNOWN)
                || (!error && other.error)
                || (!shared && other.shared)
                || (!follows && other.follows)
                || (status == 0 && other.status != 0)
                || (peer == null && other.peer != null)
                || (system.isEmpty() && !other.system.isEmpty());
        kind = kind == SpanKind.UNKNOWN ? other.kind : kind;
        error |= other.error;
        shared |= other.shared;
        follows |= other.follows;
        status = status == 0 ? other.status : status;
        peer = peer == null ? other.peer : peer;
        system = system.isEmpty() ? other.system : system;
        return hasNew;
    }

    void addTo(EventLogBuilder log, int task) {
        if (kind != SpanKind.UNKNOWN) {
            log.spanKind(task, kind);
        }
        if (error) {
            log.error(task);
        }
        if (shared) {
            log.shared(task);
        }
        if (status > 0) {
            log.status(task, status);
        }
        if (peer != null || !system.isEmpty()) {
            log.peer(task, peer != null ? peer : system);
        }
    }
}
