package io.clockwork.analysis;

import io.clockwork.record.RecordedTask;
import java.util.Map;

/** What files of events say of tasks that stand for spans; docs/formats/events-json.md has the names. */
final class TaskAttributes {
    private TaskAttributes() {}

    /** Adds what is said of a task; what is not understood says nothing. */
    static void add(RecordedTask recorded, EventLogBuilder log, int task) {
        Map<String, String> attributes = recorded.attributes();
        if (attributes.isEmpty()) {
            return;
        }
        for (SpanKind kind : SpanKind.values()) {
            if (kind.name().equals(attributes.get("spanKind"))) {
                log.spanKind(task, kind);
            }
        }
        if ("true".equals(attributes.get("error"))) {
            log.error(task);
        }
        if ("true".equals(attributes.get("shared"))) {
            log.shared(task);
        }
        String status = attributes.getOrDefault("status", "");
        if (status.length() <= 5 && !status.isEmpty() && status.chars().allMatch(c -> c >= '0' && c <= '9')) {
            log.status(task, Integer.parseInt(status));
        }
        if (attributes.containsKey("peer")) {
            log.peer(task, attributes.getOrDefault("peer", ""));
        }
        if (attributes.containsKey("missingParent")) {
            log.missingParent(task, attributes.getOrDefault("missingParent", ""));
        }
    }

    /** Says how a task was set off, where the events cannot say it; after all origins are known. */
    static void addLink(RecordedTask recorded, EventLogBuilder log, int task) {
        String name = recorded.attributes().get("link");
        for (Link link : Link.values()) {
            if (link.name().equals(name) && link != Link.NONE) {
                log.taskLinks.set(task, link);
            }
        }
    }
}
