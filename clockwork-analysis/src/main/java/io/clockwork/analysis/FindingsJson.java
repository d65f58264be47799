package io.clockwork.analysis;

import io.clockwork.json.stream.JsonWriter;
import java.util.function.Consumer;

/** The members of the JSON report about split steps, unsafe publications, deadlocks and suppressed findings. */
final class FindingsJson {
    private final JsonWriter json;
    private final Consumer<Access> accessWriter;

    FindingsJson(JsonWriter json, Consumer<Access> accessWriter) {
        this.json = json;
        this.accessWriter = accessWriter;
    }

    void write(Report report) {
        json.name("atomicity").beginArray();
        report.atomicity().forEach(this::violation);
        json.endArray();
        json.name("publications").beginArray();
        report.publications().forEach(this::publication);
        json.endArray();
        json.name("deadlocks").beginArray();
        report.deadlocks().forEach(this::deadlock);
        json.endArray();
        json.name("suppressed").beginArray();
        report.suppressed().forEach(this::suppressed);
        json.endArray();
    }

    private void violation(AtomicityViolation violation) {
        json.beginObject();
        json.name("id").value(FindingIds.of(violation));
        json.name("verdict").value(violation.verdict().name());
        json.name("kind").value(violation.kind().name());
        json.name("block").value(violation.block());
        json.name("count").value(violation.count());
        json.name("steps").beginArray();
        for (AtomicityViolation.Step step : violation.steps()) {
            json.beginObject();
            json.name("variable").value(step.variable());
            json.name("access");
            accessWriter.accept(step.access());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private void publication(UnsafePublication publication) {
        json.beginObject();
        json.name("id").value(FindingIds.of(publication));
        json.name("reference").value(publication.reference());
        json.name("content").value(publication.content());
        json.name("count").value(publication.count());
        access("written", publication.written());
        access("published", publication.published());
        access("seen", publication.seen());
        access("read", publication.read());
        json.endObject();
    }

    private void access(String name, Access access) {
        json.name(name);
        accessWriter.accept(access);
    }

    private void deadlock(Deadlock deadlock) {
        json.beginObject();
        json.name("id").value(FindingIds.of(deadlock));
        json.name("verdict").value(deadlock.verdict().name());
        json.name("count").value(deadlock.count());
        json.name("sides").beginArray();
        deadlock.sides().forEach(this::side);
        json.endArray();
        json.endObject();
    }

    private void side(Deadlock.Side side) {
        json.beginObject();
        json.name("event").value(side.event());
        json.name("lock").value(side.lock());
        json.name("shared").value(side.shared());
        json.name("task").value(side.task());
        json.name("taskNumber").value(side.taskNumber());
        json.name("operation").value(side.operation());
        json.name("service").value(side.service());
        json.name("thread").value(side.thread());
        json.name("site").value(side.site());
        json.name("held").beginArray();
        for (Deadlock.HeldLock held : side.held()) {
            json.beginObject();
            json.name("lock").value(held.lock());
            json.name("shared").value(held.shared());
            json.name("event").value(held.event());
            json.name("site").value(held.site());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private void suppressed(Suppressed suppressed) {
        json.beginObject();
        json.name("id").value(suppressed.id());
        json.name("reason").value(suppressed.reason());
        json.name("finding").value(suppressed.finding());
        json.endObject();
    }
}
