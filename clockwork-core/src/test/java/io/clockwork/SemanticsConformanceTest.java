package io.clockwork;

import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases;
import io.clockwork.testing.GoldenCases.Case;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Runs what was observed of the crate's clocks: each outcome is equal, or differs by a rule of WIRE.md. */
class SemanticsConformanceTest {
    /** The row "vector start" of section 3: the own id stands in a clock from the start, with 0. */
    private static final String START = "3:start";

    private static final Map<String, CausalityRelation> RELATIONS = Map.of(
            "Equal", CausalityRelation.EQUAL,
            "HappensBefore", CausalityRelation.HAPPENS_BEFORE,
            "HappensAfter", CausalityRelation.HAPPENS_AFTER,
            "Concurrent", CausalityRelation.CONCURRENT);

    private static final Map<CausalityRelation, String> SIGNS = Map.of(
            CausalityRelation.EQUAL, "=",
            CausalityRelation.HAPPENS_BEFORE, "<",
            CausalityRelation.HAPPENS_AFTER, ">",
            CausalityRelation.CONCURRENT, "|");

    /** What the crate's assertions say, and what ours say of the same fault. */
    private static final Map<String, String> REFUSALS = Map.of(
            "node_id must not be empty", "node id must not be empty",
            "peer id must not be empty", "node id must not be empty",
            "node_id must not contain '=' or ','", "separates entries",
            "peer id must not contain '=' or ','", "separates entries",
            "node_id must not contain ':'", "separates id and time",
            "node_id must not appear in peers", "is the clock's own node");

    private static final Map<String, GoldenCases.Check> OPS = Map.of(
            "compare", SemanticsConformanceTest::compare,
            "LamportTimestamp.compare", SemanticsConformanceTest::compareLamport,
            "VectorClock.new", SemanticsConformanceTest::newVectorClock,
            "LamportClock.new", SemanticsConformanceTest::newLamportClock,
            "VectorClock.from_map+tick", SemanticsConformanceTest::fromMapAndTick,
            "VectorClock.receive+merge", SemanticsConformanceTest::receiveAndMerge,
            "LamportClock.receive", SemanticsConformanceTest::receiveLamport,
            "overflow", SemanticsConformanceTest::overflow,
            "CausalityRelation", SemanticsConformanceTest::relation,
            "script", SemanticsConformanceTest::script);

    @Test
    void clocksAgreeWithTheCrateOrDifferByARule() {
        GoldenCases.check(OPS.keySet(), golden -> OPS.get(golden.op()).differs(golden));
    }

    /** Runs {@code action}; a refusal must break a rule in the case's own input. */
    private static Set<String> ruleOfRefusal(Evidence input, Supplier<Set<String>> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException | CausalityCodecException | ClockOverflowException e) {
            return Set.of(input.rule(e));
        }
    }

    private static Set<String> compare(Case golden) {
        Evidence input = new Evidence()
                .vector(clocks(golden.in().path("a")))
                .vector(clocks(golden.in().path("b")));
        return ruleOfRefusal(input, () -> {
            VectorTimestamp a = vector(clocks(golden.in().path("a")));
            VectorTimestamp b = vector(clocks(golden.in().path("b")));
            CausalityRelation expected =
                    RELATIONS.get(golden.ok().path("relation").asText());
            assertThat(a.compare(b)).isEqualTo(expected);
            assertThat(b.compare(a)).isEqualTo(expected.inverse());
            assertThat(a.equals(b)).isEqualTo(expected == CausalityRelation.EQUAL);
            if (a.equals(b) == golden.ok().path("equals").asBoolean()) {
                return Set.of();
            }
            // The crate tells an explicit zero from an absent id.
            assertThat(a).hasSameHashCodeAs(b);
            assertThat(a.asMap()).isNotEqualTo(b.asMap());
            return Set.of("3.1");
        });
    }

    private static Set<String> compareLamport(Case golden) {
        JsonNode a = golden.in().path("a");
        JsonNode b = golden.in().path("b");
        Evidence input = new Evidence()
                .lamport(a.path("node_id").asText(), a.path("time").asText())
                .lamport(b.path("node_id").asText(), b.path("time").asText());
        return ruleOfRefusal(input, () -> {
            LamportTimestamp left = lamport(a);
            LamportTimestamp right = lamport(b);
            int sign = golden.ok().path("sign").asInt();
            assertThat(Integer.signum(left.compareTo(right))).isEqualTo(sign);
            assertThat(Integer.signum(right.compareTo(left))).isEqualTo(-sign);
            assertThat(left.equals(right)).isEqualTo(golden.ok().path("equals").asBoolean());
            return Set.of();
        });
    }

    private static Set<String> newVectorClock(Case golden) {
        String node = golden.in().path("node_id").asText();
        List<String> peers = new ArrayList<>();
        golden.in().path("peers").forEach(peer -> peers.add(peer.asText()));
        if (golden.out().has("panic")) {
            refuses(golden, () -> VectorClock.of(node, peers));
            return Set.of();
        }
        Evidence input = new Evidence().id(node);
        peers.forEach(input::id);
        return ruleOfRefusal(input, () -> {
            VectorTimestamp start = VectorClock.of(node, peers).timestamp();
            assertThat(entries(start)).isEqualTo(clocks(golden.ok().path("clocks")));
            assertThat(start.get(node)).isEqualTo(golden.ok().path("own").asLong());
            return Set.of();
        });
    }

    private static Set<String> newLamportClock(Case golden) {
        String node = golden.in().path("node_id").asText();
        if (golden.out().has("panic")) {
            refuses(golden, () -> LamportClock.of(node));
            return Set.of();
        }
        return ruleOfRefusal(new Evidence().lamport(node, "0"), () -> {
            assertThat(LamportClock.of(node).timestamp()).isEqualTo(lamport(golden.ok()));
            return Set.of();
        });
    }

    private static void refuses(Case golden, Runnable action) {
        String message = golden.out().path("panic").asText();
        assertThat(REFUSALS).as("known refusals of the crate").containsKey(message);
        assertThat(catchThrowableOfType(IllegalArgumentException.class, action::run))
                .hasMessageContaining(REFUSALS.get(message));
    }

    private static Set<String> fromMapAndTick(Case golden) {
        String node = golden.in().path("node_id").asText();
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        return ruleOfRefusal(new Evidence().id(node).vector(clocks), () -> {
            VectorClock clock = VectorClock.restore(node, vector(clocks));
            assertThat(clock.timestamp().get(node))
                    .isEqualTo(golden.ok().path("own").asLong());
            Set<String> rules = same(clock, golden.ok().path("snapshot"), startedBy(node, clocks));
            VectorClock ticked = clock.tick();
            assertThat(entries(ticked.timestamp())).isEqualTo(clocks(golden.ok().path("snapshot_after_tick")));
            assertThat(ticked.timestamp().get(node))
                    .isEqualTo(golden.ok().path("tick").asLong());
            return rules;
        });
    }

    private static Set<String> receiveAndMerge(Case golden) {
        String node = golden.in().path("node_id").asText();
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        Map<String, String> message = clocks(golden.in().path("remote"));
        Evidence input = new Evidence().id(node).vector(clocks).vector(message);
        Set<String> starting = startedBy(node, clocks);
        return ruleOfRefusal(input, () -> {
            VectorClock clock = VectorClock.restore(node, vector(clocks));
            VectorTimestamp remote = vector(message);
            Set<String> rules = new HashSet<>();
            VectorClock merged;
            VectorClock received;
            if (remote.get(node) > clock.timestamp().get(node)) {
                rules.add(ownCounterAhead(input, clock, remote));
                merged = clock.recover(remote);
                received = merged.tick();
            } else {
                merged = clock.merge(remote);
                received = clock.receive(remote);
            }
            rules.addAll(same(merged, golden.ok().path("after_merge"), starting));
            rules.addAll(same(received, golden.ok().path("after_receive"), starting));
            assertThat(merged.timestamp().compare(remote))
                    .isEqualTo(
                            RELATIONS.get(golden.ok().path("merged_vs_remote").asText()));
            return rules;
        });
    }

    /** Both operations refuse, name both counters and change nothing, of the value and of the live clock alike. */
    private static String ownCounterAhead(Evidence input, VectorClock clock, VectorTimestamp remote) {
        AtomicVectorClock live = new AtomicVectorClock(clock);
        List<Runnable> refused = List.of(
                () -> clock.receive(remote),
                () -> clock.merge(remote),
                () -> live.receive(remote),
                () -> live.merge(remote));
        for (Runnable action : refused) {
            OwnCounterAheadException e = catchThrowableOfType(OwnCounterAheadException.class, action::run);
            assertThat(e.ownCounter()).isEqualTo(clock.timestamp().get(clock.node()));
            assertThat(e.remoteCounter()).isEqualTo(remote.get(clock.node()));
            assertThat(input.rule(e)).isEqualTo("2.3");
        }
        assertThat(entries(live.timestamp())).isEqualTo(entries(clock.timestamp()));
        return "2.3";
    }

    private static Set<String> receiveLamport(Case golden) {
        JsonNode in = golden.in();
        Evidence input = new Evidence()
                .lamport(in.path("node_id").asText(), in.path("time").asText())
                .lamport(
                        in.path("remote").path("node_id").asText(),
                        in.path("remote").path("time").asText());
        return ruleOfRefusal(input, () -> {
            LamportClock clock = new LamportClock(lamport(in));
            LamportClock sent = clock.send();
            assertThat(sent.timestamp())
                    .hasToString(golden.ok().path("send_instead").asText());
            assertThat(sent.tick().time())
                    .isEqualTo(golden.ok().path("then_tick").asLong());
            assertThat(clock.receive(lamport(in.path("remote"))).time())
                    .isEqualTo(golden.ok().path("after_receive").asLong());
            return Set.of();
        });
    }

    /** The crate wraps at 2^64-1, which we refuse to read; so the same is run at our own limit, too. */
    private static Set<String> overflow(Case golden) {
        JsonNode in = golden.in();
        Set<String> rules = new HashSet<>();
        if (in.path("type").asText().equals("LamportClock")) {
            String node = in.path("node_id").asText();
            String time = in.path("time").asText();
            String remoteTime = in.path("remote_time").asText();
            Evidence input = new Evidence().lamport(node, time).lamport("remote", remoteTime);
            rules.addAll(ruleOfRefusal(input, () -> {
                lamport(node, time);
                lamport("remote", remoteTime);
                return Set.of();
            }));
            Evidence scaled = new Evidence().lamport(node, atLimit(time)).lamport("remote", atLimit(remoteTime));
            rules.addAll(ruleOfRefusal(scaled, () -> {
                LamportClock clock = new LamportClock(lamport(node, atLimit(time)));
                AtomicLamportClock live = new AtomicLamportClock(clock);
                LamportTimestamp remote = lamport("remote", atLimit(remoteTime));
                Map<String, Runnable> actions = Map.of("tick", live::tick, "send", live::send);
                Runnable receive = () -> live.receive(remote);
                assertThat(catchThrowableOfType(
                                ClockOverflowException.class,
                                () -> actions.getOrDefault(in.path("action").asText(), receive)
                                        .run()))
                        .hasMessageContaining(node);
                assertThat(live.timestamp()).isEqualTo(clock.timestamp());
                return switch (in.path("action").asText()) {
                    case "tick" -> Set.of(clock.tick().toString());
                    case "send" -> Set.of(clock.send().toString());
                    default -> Set.of(clock.receive(remote).toString());
                };
            }));
            return rules;
        }
        String node = in.path("node_id").asText();
        Map<String, String> clocks = clocks(in.path("clocks"));
        Map<String, String> message = clocks(in.path("remote"));
        rules.addAll(ruleOfRefusal(new Evidence().vector(clocks).vector(message), () -> {
            vector(clocks);
            vector(message);
            return Set.of();
        }));
        clocks.replaceAll((id, counter) -> atLimit(counter));
        message.replaceAll((id, counter) -> atLimit(counter));
        Evidence input = new Evidence().vector(clocks).vector(message);
        VectorClock clock = VectorClock.restore(node, vector(clocks));
        VectorTimestamp remote = vector(message);
        if (remote.get(node) > clock.timestamp().get(node)) {
            rules.add(ownCounterAhead(input, clock, remote));
            VectorClock recovered = clock.recover(remote);
            assertThat(catchThrowableOfType(ClockOverflowException.class, recovered::tick))
                    .isNotNull();
            return rules;
        }
        AtomicVectorClock live = new AtomicVectorClock(clock);
        rules.addAll(ruleOfRefusal(input, () -> {
            switch (in.path("action").asText()) {
                case "tick" -> live.tick();
                case "send" -> live.send();
                case "receive" -> live.receive(remote);
                default -> {
                    Map<String, String> merged =
                            clocks(golden.out().path("release").path("clocks_after"));
                    merged.replaceAll((id, counter) -> atLimit(counter));
                    assertThat(entries(live.merge(remote))).isEqualTo(merged);
                }
            }
            return Set.of();
        }));
        if (!in.path("action").asText().equals("merge")) {
            assertThat(rules).contains("2.2");
            assertThat(entries(live.timestamp())).isEqualTo(entries(clock.timestamp()));
        }
        return rules;
    }

    private static String atLimit(String counter) {
        return counter.equals("18446744073709551615") ? Long.toString(Long.MAX_VALUE) : counter;
    }

    private static Set<String> relation(Case golden) {
        CausalityRelation relation = RELATIONS.get(golden.in().path("relation").asText());
        assertThat(relation.symbol()).isEqualTo(golden.ok().path("display").asText());
        assertThat(relation.inverse())
                .isEqualTo(RELATIONS.get(golden.ok().path("inverse").asText()));
        assertThat(relation.isCausal()).isEqualTo(golden.ok().path("is_causal").asBoolean());
        assertThat(relation.isConcurrent())
                .isEqualTo(golden.ok().path("is_concurrent").asBoolean());
        return Set.of();
    }

    private static Set<String> script(Case golden) {
        return new Script(golden).run();
    }

    /** The nodes of one script: each owns a vector clock, a Lamport clock and a live twin of both. */
    private static final class Script {
        private final Case golden;
        private final List<String> nodes = new ArrayList<>();
        private final Map<String, VectorClock> vectors = new HashMap<>();
        private final Map<String, LamportClock> lamports = new HashMap<>();
        private final Map<String, AtomicVectorClock> live = new HashMap<>();
        private final Map<String, AtomicLamportClock> liveLamports = new HashMap<>();
        private final Map<Integer, VectorTimestamp> sent = new HashMap<>();
        private final Map<Integer, LamportTimestamp> sentLamports = new HashMap<>();
        private final Set<String> starting = new HashSet<>();
        private final Set<String> rules = new HashSet<>();

        Script(Case golden) {
            this.golden = golden;
            golden.in().path("nodes").forEach(node -> nodes.add(node.asText()));
        }

        Set<String> run() {
            for (int i = 0; i < nodes.size(); i++) {
                start(nodes.get(i), golden.in().path("initial_vectors").path(i).asText());
            }
            assertThat(relations())
                    .isEqualTo(golden.in().path("initial_relations").asText());
            for (JsonNode step : golden.out().path("steps")) {
                String node = step.path("node").asText();
                step(node, step);
                assertThat(lamports.get(node).time())
                        .isEqualTo(step.path("lamport").asLong());
                assertThat(liveLamports.get(node).timestamp())
                        .isEqualTo(lamports.get(node).timestamp());
                assertThat(live.get(node).timestamp().toString())
                        .isEqualTo(vectors.get(node).timestamp().toString());
                sameText(node, step.path("vector").asText());
                assertThat(relations()).isEqualTo(step.path("relations").asText());
            }
            for (int i = 0; i < nodes.size(); i++) {
                sameText(
                        nodes.get(i), golden.out().path("final_vectors").path(i).asText());
            }
            return rules;
        }

        private void start(String node, String text) {
            VectorTimestamp known = VectorTimestamp.parse(text);
            if (!known.contains(node)) {
                starting.add(node);
            }
            VectorClock clock = VectorClock.restore(node, known);
            if (golden.category().startsWith("script/full")) {
                List<String> peers = new ArrayList<>(nodes);
                peers.remove(node);
                clock = VectorClock.of(node, peers);
            } else if (golden.category().startsWith("script/solo")) {
                clock = VectorClock.of(node);
            }
            vectors.put(node, clock);
            live.put(node, new AtomicVectorClock(clock));
            LamportClock lamport = lamportClock(node);
            lamports.put(node, lamport);
            liveLamports.put(node, new AtomicLamportClock(lamport));
            sameText(node, text);
        }

        /** A node's Lamport clock, under another name where its id is one that only vectors may hold. */
        private LamportClock lamportClock(String node) {
            try {
                return LamportClock.of(node);
            } catch (IllegalArgumentException e) {
                rules.add(new Evidence().lamport(node, "0").rule(e));
                return LamportClock.of(node.replace(':', '_'));
            }
        }

        private void step(String node, JsonNode step) {
            int message = step.path("message").asInt();
            switch (step.path("op").asText()) {
                case "tick" -> {
                    vectors.computeIfPresent(node, (n, clock) -> clock.tick());
                    lamports.computeIfPresent(node, (n, clock) -> clock.tick());
                    liveLamports.get(node).tick();
                    assertThat(live.get(node).tick().get(node))
                            .isEqualTo(step.path("returns").asLong());
                }
                case "send" -> {
                    vectors.computeIfPresent(node, (n, clock) -> clock.send());
                    lamports.computeIfPresent(node, (n, clock) -> clock.send());
                    sent.put(message, live.get(node).send());
                    sentLamports.put(message, liveLamports.get(node).send());
                }
                case "receive" -> receive(node, sent.get(message), sentLamports.get(message));
                case "receive_literal" ->
                    receive(
                            node,
                            VectorTimestamp.parse(step.path("vector_in").asText()),
                            LamportTimestamp.parse(step.path("lamport_in").asText()));
                case "merge" ->
                    merge(node, vectors.get(step.path("from").asText()).timestamp());
                default -> throw new AssertionError("unknown step " + step);
            }
        }

        private void receive(String node, VectorTimestamp remote, LamportTimestamp remoteLamport) {
            lamports.computeIfPresent(node, (n, clock) -> clock.receive(remoteLamport));
            liveLamports.get(node).receive(remoteLamport);
            if (isAhead(node, remote)) {
                vectors.computeIfPresent(
                        node, (n, clock) -> clock.recover(remote).tick());
                live.get(node).recover(remote);
                live.get(node).tick();
            } else {
                vectors.computeIfPresent(node, (n, clock) -> clock.receive(remote));
                live.get(node).receive(remote);
            }
        }

        private void merge(String node, VectorTimestamp remote) {
            if (isAhead(node, remote)) {
                vectors.computeIfPresent(node, (n, clock) -> clock.recover(remote));
                live.get(node).recover(remote);
            } else {
                vectors.computeIfPresent(node, (n, clock) -> clock.merge(remote));
                live.get(node).merge(remote);
            }
        }

        private boolean isAhead(String node, VectorTimestamp remote) {
            VectorClock clock = vectors.get(node);
            if (remote.get(node) <= clock.timestamp().get(node)) {
                return false;
            }
            rules.add(ownCounterAhead(new Evidence().vector(entries(remote)), clock, remote));
            return true;
        }

        private void sameText(String node, String expected) {
            VectorClock clock = vectors.get(node);
            if (!clock.timestamp().toString().equals(expected)) {
                rules.addAll(same(clock, entries(VectorTimestamp.parse(expected)), starting));
            }
        }

        private String relations() {
            StringBuilder signs = new StringBuilder();
            for (int i = 0; i < nodes.size(); i++) {
                for (int j = i + 1; j < nodes.size(); j++) {
                    signs.append(SIGNS.get(timestamp(nodes.get(i)).compare(timestamp(nodes.get(j)))));
                }
            }
            return signs.toString();
        }

        private VectorTimestamp timestamp(String node) {
            return vectors.get(node).timestamp();
        }
    }

    private static Set<String> startedBy(String node, Map<String, String> clocks) {
        return clocks.containsKey(node) ? Set.of() : Set.of(node);
    }

    private static Set<String> same(VectorClock clock, JsonNode expected, Set<String> starting) {
        return same(clock, strings(expected), starting);
    }

    /** The same entries or, by the row "vector start", zeros besides for nodes that the crate started without. */
    private static Set<String> same(VectorClock clock, Map<String, String> expected, Set<String> starting) {
        Map<String, String> actual = entries(clock.timestamp());
        if (actual.equals(expected)) {
            return Set.of();
        }
        Map<String, String> withZeros = new TreeMap<>(expected);
        starting.stream().filter(actual::containsKey).forEach(node -> withZeros.putIfAbsent(node, "0"));
        assertThat(actual).isEqualTo(withZeros);
        return Set.of(START);
    }

    private static Map<String, String> entries(VectorTimestamp timestamp) {
        Map<String, String> entries = new TreeMap<>();
        timestamp.asMap().forEach((id, counter) -> entries.put(id, counter.toString()));
        return entries;
    }

    private static VectorTimestamp vector(Map<String, String> clocks) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        clocks.forEach((id, counter) -> builder.put(id, counter(counter)));
        return builder.build();
    }

    private static LamportTimestamp lamport(JsonNode object) {
        return lamport(object.path("node_id").asText(), object.path("time").asText());
    }

    private static LamportTimestamp lamport(String node, String time) {
        return new LamportTimestamp(node, counter(time));
    }

    /** Reads an unsigned number of 64 bits as the library reads one from outside. */
    private static long counter(String decimal) {
        return LamportTimestamp.parse("n:" + decimal).time();
    }
}
