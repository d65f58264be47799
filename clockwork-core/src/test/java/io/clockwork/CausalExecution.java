package io.clockwork;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** A random execution of a few nodes that tick and exchange messages, with the causal past of each event as a set. */
final class CausalExecution {
    /** One event: its timestamp and, by index, all events that happened before it. */
    record Event(int index, int node, VectorTimestamp timestamp, BitSet past) {
        boolean happenedBefore(Event other) {
            return other.past.get(index);
        }
    }

    private CausalExecution() {}

    static List<Event> random(Random random, int nodes, int events) {
        List<Event> all = new ArrayList<>();
        Event[] last = new Event[nodes];
        VectorClock[] clocks = new VectorClock[nodes];
        for (int i = 0; i < nodes; i++) {
            clocks[i] = VectorClock.of("n" + i);
        }
        for (int i = 0; i < events; i++) {
            int node = random.nextInt(nodes);
            BitSet past = new BitSet();
            learn(past, last[node]);
            if (!all.isEmpty() && random.nextInt(3) > 0) {
                Event received = all.get(random.nextInt(all.size()));
                learn(past, received);
                clocks[node] = clocks[node].receive(received.timestamp);
            } else {
                clocks[node] = clocks[node].tick();
            }
            last[node] = new Event(i, node, clocks[node].timestamp(), past);
            all.add(last[node]);
        }
        return all;
    }

    private static void learn(BitSet past, Event event) {
        if (event != null) {
            past.or(event.past);
            past.set(event.index);
        }
    }
}
