package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.Report;
import io.clockwork.record.EventKind;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RacewayReaderTest {
    private final List<String> events = new ArrayList<>();

    /** {@return the log of JSON with ' for "} */
    private static EventLog read(String json) {
        EventLogBuilder log = EventLog.builder();
        RacewayReader reader = new RacewayReader();
        reader.read(new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)));
        reader.addTo(log);
        return log.build();
    }

    private EventLog log() {
        return read("{'events':[" + String.join(",", events) + "]}");
    }

    /** Adds an event at the next millisecond. */
    private void event(String id, String parent, String thread, String kind, String... locks) {
        events.add("{'id':'" + id + "','trace_id':'t','parent_id':" + (parent.isEmpty() ? "null" : "'" + parent + "'")
                + ",'timestamp':'2026-01-02T03:04:05." + String.format("%03d", events.size()) + "Z','kind':" + kind
                + ",'metadata':{'thread_id':'" + thread + "','process_id':7,'service_name':'bank'},"
                + "'causality_vector':[['t'," + events.size() + "]],'lock_set':["
                + (locks.length == 0 ? "" : "'" + String.join("','", locks) + "'") + "]}");
    }

    private static String write(String variable, long value) {
        return access(variable, "Write", value);
    }

    private static String access(String variable, String type, long value) {
        return "{'StateChange':{'variable':'" + variable + "','old_value':1000,'new_value':" + value
                + ",'location':'bank.ts:7','access_type':'" + type + "'}}";
    }

    private static String lock(String variant, String type) {
        return "{'" + variant + "':{'lock_id':'L','lock_type':'" + type + "','location':'x:1'}}";
    }

    private static String call(String name) {
        return "{'FunctionCall':{'function_name':'" + name + "','module':'m','args':{},'file':'a.ts','line':3}}";
    }

    private List<Verdict> verdicts() {
        return Report.of(log()).races().stream().map(race -> race.verdict()).toList();
    }

    @Test
    void readsEveryVariant() {
        event("1", "", "a", call("root"));
        event("2", "1", "a", access("x", "Read", 5));
        event("3", "2", "a", access("x", "AtomicRead", 5));
        event("4", "3", "a", access("x", "AtomicWrite", 6));
        event("5", "4", "a", access("x", "AtomicRMW", 7));
        event("6", "5", "a", lock("LockAcquire", "RwLock::Read"));
        event("7", "6", "a", lock("LockRelease", "RwLock::Read"));
        event("8", "7", "a", "{'MemoryFence':{'ordering':'SeqCst','location':'x'}}");
        event("9", "8", "a", "{'HttpRequest':{'method':'GET','url':'/x','headers':{'a':'b'},'body':null}}");
        event("10", "9", "a", "{'HttpResponse':{'status':200,'headers':{},'body':null,'duration_ms':0}}");
        event("11", "10", "a", "{'DatabaseQuery':{'query':'select','database':'db','duration_ms':0}}");
        event("12", "11", "a", "{'DatabaseResult':{'rows_affected':3}}");
        event("13", "12", "a", "{'Error':{'error_type':'Timeout','message':'late','stack_trace':[]}}");
        event("14", "13", "a", "{'Custom':{'name':'done','data':{'deep':[1,{}]}}}");
        EventLog log = log();
        List<EventKind> kinds = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            kinds.add(log.kind(e));
        }
        assertThat(kinds)
                .containsExactly(
                        EventKind.CUSTOM,
                        EventKind.READ,
                        EventKind.ATOMIC_READ,
                        EventKind.ATOMIC_WRITE,
                        EventKind.ATOMIC_UPDATE,
                        EventKind.ACQUIRE_SHARED,
                        EventKind.RELEASE_SHARED,
                        EventKind.FENCE,
                        EventKind.REQUEST,
                        EventKind.RESPONSE,
                        EventKind.QUERY,
                        EventKind.RESULT,
                        EventKind.ERROR,
                        EventKind.CUSTOM);
        assertThat(log.taskCount()).isEqualTo(1);
        assertThat(log.value(1)).isEqualTo(5L);
        assertThat(log.site(1)).isEqualTo("bank.ts:7");
        assertThat(log.site(0)).isEqualTo("a.ts:3");
        assertThat(log.thread(0)).isEqualTo("a");
        assertThat(log.service(0)).isEqualTo("bank");
        assertThat(log.nanos(1) - log.nanos(0)).isEqualTo(1_000_000);
        assertThat(log.diagnostics()).isEmpty();
    }

    @Test
    void twoChildrenOfOneEventRace() {
        event("1", "", "main", call("root"));
        event("2", "1", "a", write("balance", 900));
        event("3", "1", "b", write("balance", 800));
        assertThat(verdicts()).containsExactly(Verdict.CERTAIN);
    }

    @Test
    void aLockThatBothHoldExcludesTheRace() {
        event("1", "", "main", call("root"));
        event("2", "1", "a", write("balance", 900), "balance-lock");
        event("3", "1", "b", write("balance", 800), "balance-lock");
        assertThat(verdicts()).isEmpty();
        events.remove(2);
        event("3", "1", "b", write("balance", 800), "other-lock");
        assertThat(verdicts()).containsExactly(Verdict.CERTAIN);
    }

    @Test
    void locksThatAreRecordedAsEventsCountOnce() {
        event("1", "", "main", call("root"));
        event("2", "1", "a", lock("LockAcquire", "Mutex"), "L");
        event("3", "2", "a", write("balance", 900), "L");
        event("4", "3", "a", lock("LockRelease", "Mutex"));
        event("5", "1", "b", lock("LockAcquire", "Mutex"), "L");
        event("6", "5", "b", write("balance", 800), "L");
        event("7", "6", "b", lock("LockRelease", "Mutex"));
        assertThat(verdicts()).isEmpty();
        assertThat(log().size()).isEqualTo(7);
    }

    @Test
    void oneThreadOrdersOnlyThisRun() {
        event("1", "", "main", call("root"));
        event("2", "1", "pool", write("balance", 900));
        event("3", "1", "pool", write("balance", 800));
        assertThat(verdicts()).containsExactly(Verdict.POSSIBLE);
    }

    @Test
    void aTaskMayHopThreads() {
        event("1", "", "main", call("root"));
        event("2", "1", "a", write("balance", 900));
        event("3", "2", "b", write("balance", 800));
        assertThat(verdicts()).isEmpty();
        assertThat(log().taskCount()).isEqualTo(1);
    }

    @Test
    void anAwaitFollowsTheSpawnedTask() {
        event("1", "", "main", "{'AsyncSpawn':{'task_id':'job','spawned_by':'main'}}");
        event("2", "1", "main", call("goes on"));
        event("3", "1", "worker", write("balance", 900));
        event("4", "2", "main", "{'AsyncAwait':{'future_id':'job','awaited_at':'x:9'}}");
        event("5", "4", "main", write("balance", 800));
        assertThat(verdicts()).isEmpty();
        assertThat(CausalGraph.of(log()).causes(2, 3)).isTrue();
    }

    @Test
    void whatTookTimeIsAnOperation() {
        event("1", "", "main", call("root"));
        events.add("{'id':'2','trace_id':'t','parent_id':'1','timestamp':'2026-01-02T03:04:05.002Z'," + "'kind':"
                + call("slow") + ",'metadata':{'duration_ns':20000000}}");
        EventLog log = log();
        assertThat(log.kind(1)).isEqualTo(EventKind.BEGIN);
        assertThat(log.subject(1)).isEqualTo("slow");
        assertThat(log.nanos(2) - log.nanos(1)).isEqualTo(20_000_000);
        assertThat(log.link(1)).isEqualTo(Link.CALL);
    }

    @Test
    void crossesServicesBySpanIds() {
        EventLog log = read("[{'id':'1','trace_id':'t','timestamp':'2026-01-02T03:04:05Z','kind':" + call("a")
                + ",'metadata':{'service_name':'a','distributed_span_id':'s1'}},"
                + "{'id':'2','trace_id':'t','timestamp':'2026-01-02T03:04:04Z','kind':" + call("b")
                + ",'metadata':{'service_name':'b','distributed_span_id':'s2','upstream_span_id':'s1'}}]");
        assertThat(log.service(log.task(0))).isEqualTo("a");
        assertThat(CausalGraph.of(log).causes(0, 1)).isTrue();
    }

    @Test
    void repairsAndCountsWhatIsOdd() {
        EventLog log = read("[{'id':'1','trace_id':'t','parent_id':'9','timestamp':'yesterday','kind':'Odd'},"
                + "{'id':'1','trace_id':'t','kind':{'New':{}}},"
                + "{'id':'2','trace_id':'t','parent_id':'3','kind':{'New':{}}},"
                + "{'id':'3','trace_id':'t','parent_id':'2','kind':{'New':3}}]");
        assertThat(log.size()).isEqualTo(3);
        assertThat(log.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder("DUPLICATE", "MISSING_START", "MISSING_PARENT", "PARENT_CYCLE");
    }

    @Test
    void refusesWhatIsNoneWithItsPlace() {
        assertThatThrownBy(() -> read("{'traces':[]}"))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> read("[{'id':{}, 'kind':[]}]")).hasMessageContaining("line 1");
        assertThatThrownBy(() -> read("[{'id':'1'")).hasMessageContaining("ends");
    }
}
