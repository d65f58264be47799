package io.clockwork;

import static io.clockwork.ClockRules.ownCounterAhead;
import static io.clockwork.ClockRules.same;
import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.entries;
import static io.clockwork.testing.GoldenCases.lamport;
import static io.clockwork.testing.GoldenCases.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases;
import io.clockwork.testing.GoldenCases.Case;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Runs what was observed of the crate's clocks: each outcome is equal, or differs by a rule of WIRE.md. */
class SemanticsConformanceTest {
    private static final Map<String, CausalityRelation> RELATIONS = Map.of(
            "Equal", CausalityRelation.EQUAL,
            "HappensBefore", CausalityRelation.HAPPENS_BEFORE,
            "HappensAfter", CausalityRelation.HAPPENS_AFTER,
            "Concurrent", CausalityRelation.CONCURRENT);

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
        return new CrateScript(golden).run();
    }

    private static Set<String> startedBy(String node, Map<String, String> clocks) {
        return clocks.containsKey(node) ? Set.of() : Set.of(node);
    }
}
