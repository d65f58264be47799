package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Siblings against causal histories: write i is the value i, and its past is the set of writes that it had seen. */
class SiblingsPropertyTest {
    /** What a replica knows, and what the model says it knows. */
    private static final class Replica {
        Siblings<Integer> state = Siblings.empty();
        BitSet known = new BitSet();
    }

    /** What a client has read, and what the model says it has seen. */
    private static final class Client {
        VectorTimestamp context = VectorTimestamp.empty();
        BitSet seen = new BitSet();

        /** Reads, and goes on from there alone or from all that it has read so far. */
        void take(Replica replica, boolean joined) {
            context = joined ? context.merge(replica.state.context()) : replica.state.context();
            BitSet known = (BitSet) replica.known.clone();
            if (joined) {
                known.or(seen);
            }
            seen = known;
        }
    }

    /** Random interleavings of clients and replicas, with the model beside. */
    private static final class Run {
        final Random random;
        final List<Replica> replicas = new ArrayList<>();
        final List<Client> clients = new ArrayList<>();
        /** The past of each write; an entry with its own bit alone unset. */
        final List<BitSet> pasts = new ArrayList<>();
        /** Writes that are removals have no value. */
        final BitSet removals = new BitSet();

        Run(long seed, int replicas) {
            random = new Random(seed);
            for (int i = 0; i < replicas; i++) {
                this.replicas.add(new Replica());
            }
            for (int i = 0; i < 3; i++) {
                clients.add(new Client());
            }
        }

        void step() {
            int at = random.nextInt(replicas.size());
            Replica replica = replicas.get(at);
            Client client = clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> { // write
                    int write = pasts.size();
                    replica.state = replica.state.put(ownContext(client, replica, at), "n" + at, write);
                    write(replica, client.seen);
                }
                case 3 -> client.take(replica, false);
                case 4 -> client.take(replica, true);
                case 5 -> { // anti-entropy
                    Replica from = replicas.get(random.nextInt(replicas.size()));
                    replica.state = replica.state.merge(from.state);
                    replica.known.or(from.known);
                }
                case 6 -> { // remove: the client's past is known from now on, without a write
                    replica.state = replica.state.remove(client.context);
                    replica.known.or(client.seen);
                    removedBy(replica, client.seen);
                }
                default -> { // resolve
                    if (replica.state.isConflicting()) {
                        int write = pasts.size();
                        replica.state = replica.state.resolve("n" + at, siblings -> write);
                        write(replica, (BitSet) replica.known.clone());
                    }
                }
            }
        }

        private VectorTimestamp ownContext(Client client, Replica replica, int at) {
            assertThat(client.context.get("n" + at))
                    .isLessThanOrEqualTo(replica.state.context().get("n" + at));
            return client.context;
        }

        private void write(Replica replica, BitSet seen) {
            BitSet past = (BitSet) seen.clone();
            replica.known.or(past);
            replica.known.set(pasts.size());
            pasts.add(past);
        }

        private void removedBy(Replica replica, BitSet seen) {
            removals.set(pasts.size());
            write(replica, seen);
        }

        /** The maximal writes among those known, less the removals. */
        Set<Integer> expected(Replica replica) {
            BitSet maximal = (BitSet) replica.known.clone();
            replica.known.stream().forEach(write -> maximal.andNot(pasts.get(write)));
            maximal.andNot(removals);
            Set<Integer> values = new TreeSet<>();
            maximal.stream().forEach(values::add);
            return values;
        }
    }

    private static Run run(long seed, int replicas, int steps) {
        Run run = new Run(seed, replicas);
        for (int i = 0; i < steps; i++) {
            run.step();
            for (Replica replica : run.replicas) {
                assertThat(new TreeSet<>(replica.state.values())).isEqualTo(run.expected(replica));
                assertThat(replica.state.values()).doesNotHaveDuplicates();
            }
        }
        return run;
    }

    @Property(tries = 2_000)
    void siblingsAreExactlyTheMaximalWrites(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int replicas) {
        run(seed, replicas, 30);
    }

    @Property
    void replicasThatExchangedAllAreEqual(@ForAll long seed) {
        Run run = run(seed, 3, 30);
        Siblings<Integer> forth = Siblings.empty();
        Siblings<Integer> back = Siblings.empty();
        for (int i = 0; i < 3; i++) {
            forth = forth.merge(run.replicas.get(i).state);
            back = run.replicas.get(2 - i).state.merge(back);
        }
        assertThat(forth).isEqualTo(back).hasSameHashCodeAs(back);
    }

    @Property
    void mergeIsAJoin(@ForAll long seed) {
        Run run = run(seed, 3, 25);
        Siblings<Integer> a = run.replicas.get(0).state;
        Siblings<Integer> b = run.replicas.get(1).state;
        Siblings<Integer> c = run.replicas.get(2).state;
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        assertThat(a.merge(a)).isEqualTo(a);
        assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
        assertThat(a.merge(Siblings.empty())).isEqualTo(a);
    }

    @Property
    void stateGoesThroughItsParts(@ForAll long seed) {
        for (Replica replica : run(seed, 2, 15).replicas) {
            assertThat(Siblings.of(replica.state.context(), replica.state.versions()))
                    .isEqualTo(replica.state);
        }
    }
}
