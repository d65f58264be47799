package io.clockwork.testing;

import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A run of some processes that tick, send and receive, with the clocks' timestamps beside the happens-before that
 * follows from the definition: program order, send before receipt, and nothing else.
 */
public final class Execution {
    /** What a process does next; {@code choice} picks the message of a receipt among all that were sent. */
    public enum Action {
        TICK,
        SEND,
        RECEIVE
    }

    /** One step of a run. */
    public record Step(Action action, int process, int choice) {}

    /** One event: its process, and what the clocks showed at it. */
    public record Event(int process, VectorTimestamp vector, LamportTimestamp lamport) {}

    private final List<Event> events = new ArrayList<>();
    private final List<BitSet> pasts = new ArrayList<>();

    private Execution(int processes, boolean knowPeers, List<Step> steps) {
        List<String> names = new ArrayList<>();
        for (int p = 0; p < processes; p++) {
            names.add("p" + p);
        }
        List<VectorClock> vectors = new ArrayList<>();
        List<LamportClock> lamports = new ArrayList<>();
        List<BitSet> known = new ArrayList<>();
        for (String name : names) {
            List<String> peers = new ArrayList<>(names);
            peers.remove(name);
            vectors.add(VectorClock.of(name, knowPeers ? peers : List.of()));
            lamports.add(LamportClock.of(name));
            known.add(new BitSet());
        }
        List<Integer> messages = new ArrayList<>();
        for (Step step : steps) {
            int p = step.process() % processes;
            VectorClock vector = vectors.get(p);
            LamportClock lamport = lamports.get(p);
            if (step.action() == Action.RECEIVE && !messages.isEmpty()) {
                // Any message, however old, and any number of times: late and duplicate deliveries.
                int sent = messages.get(step.choice() % messages.size());
                vectors.set(p, vector.receive(events.get(sent).vector()));
                lamports.set(p, lamport.receive(events.get(sent).lamport()));
                known.get(p).or(pasts.get(sent));
            } else if (step.action() == Action.SEND) {
                vectors.set(p, vector.send());
                lamports.set(p, lamport.send());
                messages.add(events.size());
            } else {
                vectors.set(p, vector.tick());
                lamports.set(p, lamport.tick());
            }
            known.get(p).set(events.size());
            pasts.add((BitSet) known.get(p).clone());
            events.add(new Event(p, vectors.get(p).timestamp(), lamports.get(p).timestamp()));
        }
    }

    /** {@return runs of 2 to 8 processes and up to {@code maxSteps} events} */
    public static Arbitrary<Execution> executions(int maxSteps) {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Action.class),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, maxSteps))
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.integers().between(2, 8),
                        Arbitraries.of(false, true),
                        step.list().ofMinSize(1).ofMaxSize(maxSteps))
                .as(Execution::new);
    }

    /** {@return the events in the order in which they were made} */
    public List<Event> events() {
        return events;
    }

    /** {@return whether event {@code a} happened before event {@code b}} */
    public boolean happensBefore(int a, int b) {
        return a != b && pasts.get(b).get(a);
    }

    @Override
    public String toString() {
        return events.toString();
    }
}
