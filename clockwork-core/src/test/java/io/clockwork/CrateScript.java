package io.clockwork;

import static io.clockwork.ClockRules.ownCounterAhead;
import static io.clockwork.ClockRules.same;
import static io.clockwork.testing.GoldenCases.entries;
import static io.clockwork.testing.GoldenCases.lamport;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases.Case;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A script of the crate, run again: each node owns a vector clock, a Lamport clock and a live twin of both. */
final class CrateScript {
    private static final Map<CausalityRelation, String> SIGNS = Map.of(
            CausalityRelation.EQUAL, "=",
            CausalityRelation.HAPPENS_BEFORE, "<",
            CausalityRelation.HAPPENS_AFTER, ">",
            CausalityRelation.CONCURRENT, "|");

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

    CrateScript(Case golden) {
        this.golden = golden;
        golden.in().path("nodes").forEach(node -> nodes.add(node.asText()));
    }

    Set<String> run() {
        for (int i = 0; i < nodes.size(); i++) {
            start(nodes.get(i), golden.in().path("initial_vectors").path(i).asText());
        }
        assertThat(relations()).isEqualTo(golden.in().path("initial_relations").asText());
        for (JsonNode step : golden.out().path("steps")) {
            String node = step.path("node").asText();
            step(node, step);
            assertThat(lamports.get(node).time()).isEqualTo(step.path("lamport").asLong());
            assertThat(liveLamports.get(node).timestamp())
                    .isEqualTo(lamports.get(node).timestamp());
            assertThat(live.get(node).timestamp().toString())
                    .isEqualTo(vectors.get(node).timestamp().toString());
            sameText(node, step.path("vector").asText());
            assertThat(relations()).isEqualTo(step.path("relations").asText());
        }
        for (int i = 0; i < nodes.size(); i++) {
            sameText(nodes.get(i), golden.out().path("final_vectors").path(i).asText());
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
            case "merge" -> merge(node, vectors.get(step.path("from").asText()).timestamp());
            default -> throw new AssertionError("unknown step " + step);
        }
    }

    private void receive(String node, VectorTimestamp remote, LamportTimestamp remoteLamport) {
        lamports.computeIfPresent(node, (n, clock) -> clock.receive(remoteLamport));
        liveLamports.get(node).receive(remoteLamport);
        if (isAhead(node, remote)) {
            vectors.computeIfPresent(node, (n, clock) -> clock.recover(remote).tick());
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
