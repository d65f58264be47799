package io.clockwork.analysis;

import io.clockwork.analysis.CriticalPath.Contribution;
import io.clockwork.json.stream.JsonWriter;
import java.util.List;

/** Writes what a report has of path profiles, services and locks. */
final class PathsJson {
    private final JsonWriter json;

    PathsJson(JsonWriter json) {
        this.json = json;
    }

    void write(Report report) {
        profile(report.profile());
        json.name("services").beginArray();
        report.services().services().forEach(this::service);
        json.endArray();
        json.name("calls").beginArray();
        report.services().calls().forEach(this::calls);
        json.endArray();
        json.name("contention").beginArray();
        report.contention().forEach(this::contention);
        json.endArray();
    }

    private void profile(PathProfile profile) {
        json.name("profile").beginObject();
        json.name("paths").value(profile.paths());
        json.name("elapsedNanos").value(profile.elapsedNanos());
        contributions("services", profile.services());
        contributions("operations", profile.operations());
        contributions("edges", profile.edges());
        json.name("frames").beginArray();
        for (PathProfile.Frame frame : profile.frames()) {
            json.beginObject();
            json.name("parent").value(frame.parent());
            json.name("service").value(frame.service());
            json.name("operation").value(frame.operation());
            json.name("calls").value(frame.calls());
            json.name("selfNanos").value(frame.selfNanos());
            json.name("totalNanos").value(frame.totalNanos());
            json.endObject();
        }
        json.endArray();
        json.name("heat").beginArray();
        for (PathProfile.Heat row : profile.heat()) {
            json.beginObject();
            json.name("operation").value(row.operation());
            json.name("tenths").beginArray();
            row.tenths().forEach(json::value);
            json.endArray();
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private void contributions(String name, List<Contribution> parts) {
        json.name(name).beginArray();
        for (Contribution part : parts) {
            json.beginObject();
            json.name("name").value(part.name());
            json.name("nanos").value(part.nanos());
            json.name("share").value(part.share());
            json.endObject();
        }
        json.endArray();
    }

    private void service(ServiceGraph.Service service) {
        json.beginObject();
        json.name("name").value(service.name());
        json.name("recorded").value(service.recorded());
        json.name("operations").value(service.operations());
        json.name("errors").value(service.errors());
        json.name("pathShare").value(service.pathShare());
        json.endObject();
    }

    private void calls(ServiceGraph.Calls calls) {
        json.beginObject();
        json.name("caller").value(calls.caller());
        json.name("callee").value(calls.callee());
        json.name("count").value(calls.count());
        json.name("errors").value(calls.errors());
        json.name("inferred").value(calls.inferred());
        latency("callerSide", calls.callerSide());
        latency("calleeSide", calls.calleeSide());
        json.name("pathShare").value(calls.pathShare());
        json.endObject();
    }

    private void latency(String name, ServiceGraph.Latency latency) {
        json.name(name).beginObject();
        json.name("count").value(latency.count());
        json.name("median").value(latency.median());
        json.name("p95").value(latency.p95());
        json.name("p99").value(latency.p99());
        json.endObject();
    }

    private void contention(LockContention lock) {
        json.beginObject();
        json.name("lock").value(lock.lock());
        json.name("acquires").value(lock.acquires());
        json.name("waits").value(lock.waits());
        json.name("givenUp").value(lock.givenUp());
        json.name("waitNanos").value(lock.waitNanos());
        json.name("longestWaitNanos").value(lock.longestWaitNanos());
        json.name("heldNanos").value(lock.heldNanos());
        json.name("mostWaiting").value(lock.mostWaiting());
        json.name("convoys").value(lock.convoys());
        json.name("waiters").beginArray();
        for (LockContention.Wait wait : lock.waiters()) {
            json.beginObject();
            json.name("waiter").value(wait.waiter());
            json.name("holder").value(wait.holder());
            json.name("count").value(wait.count());
            json.name("nanos").value(wait.nanos());
            json.name("site").value(wait.site());
            json.endObject();
        }
        json.endArray();
        json.name("holders").beginArray();
        for (LockContention.Hold hold : lock.holders()) {
            json.beginObject();
            json.name("operation").value(hold.operation());
            json.name("task").value(hold.task());
            json.name("nanos").value(hold.nanos());
            json.name("site").value(hold.site());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
}
