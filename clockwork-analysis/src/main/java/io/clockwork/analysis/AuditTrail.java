package io.clockwork.analysis;

import io.clockwork.json.stream.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All accesses of one variable, in an order that agrees with causality, over all traces of a log.
 *
 * @param variable the variable's name
 * @param entries the accesses
 */
public record AuditTrail(String variable, List<Entry> entries) {
    /** Creates a trail with a copy of {@code entries}. */
    public AuditTrail {
        entries = List.copyOf(entries);
    }

    /**
     * One access.
     *
     * @param access who, where and what
     * @param trace the name of its trace; may be empty
     * @param oldValue for a write, the value that the write before it in this order left; null when that is not known
     * @param sawWrite the event of the write before it in this order, or -1: what a read saw and a write replaced
     * @param raced whether nothing orders it with some conflicting access of the variable
     */
    public record Entry(
            Access access, String trace, @Nullable Object oldValue, int sawWrite, boolean raced) {}

    /** {@return the trail of {@code variable}; O(n) for the log and O(k·w·log k) for k accesses by w chains of causality} */
    public static AuditTrail of(EventLog log, String variable) {
        return AuditReader.read(log, variable);
    }

    /** {@return the trail for people: plain text, at most 80 columns but for long names} */
    public String toText() {
        StringBuilder out = new StringBuilder();
        out.append("AUDIT TRAIL   ").append(SafeText.clean(variable)).append("   ");
        out.append(TextPage.count(entries.size(), "access")).append('\n');
        for (Entry entry : entries) {
            Access access = entry.access();
            String what = access.write()
                    ? value(entry.oldValue()) + " \u2192 " + value(access.value())
                    : "read " + value(access.value());
            String who = SafeText.clean(AccessText.label(access))
                    + (entry.trace().isEmpty() ? "" : ", " + SafeText.clean(entry.trace()));
            String seen = access.write() || entry.sawWrite() < 0 ? "" : " of #" + entry.sawWrite();
            out.append("   ").append(TextPage.pad("#" + access.event(), 9));
            out.append(TextPage.pad(what + seen, 24)).append(' ');
            out.append(entry.raced() ? "RACED " : "      ")
                    .append(SafeText.clean(access.site()))
                    .append('\n');
            out.append("            ").append(who).append('\n');
        }
        return out.toString();
    }

    private static String value(@Nullable Object value) {
        return value == null ? "?" : SafeText.clean(String.valueOf(value));
    }

    /** {@return the trail for programs: one JSON object, the same for the same log} */
    public String toJson() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.beginObject();
        json.name("version").value(JsonReport.VERSION);
        json.name("variable").value(variable);
        json.name("entries").beginArray();
        for (Entry entry : entries) {
            json.beginObject();
            json.name("trace").value(entry.trace());
            Object old = entry.oldValue();
            if (old != null) {
                json.name("oldValue").value(String.valueOf(old));
            }
            json.name("sawWrite").value(entry.sawWrite());
            json.name("raced").value(entry.raced());
            json.name("access");
            JsonReport.access(json, entry.access());
            json.endObject();
        }
        json.endArray();
        json.endObject();
        json.endDocument();
        return SafeText.json(out.append('\n'));
    }

    /** {@return the entries of accesses that raced} */
    public List<Entry> raced() {
        List<Entry> raced = new ArrayList<>();
        entries.stream().filter(Entry::raced).forEach(raced::add);
        return raced;
    }
}
