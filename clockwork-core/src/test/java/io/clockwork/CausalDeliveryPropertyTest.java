package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Causal delivery against causal histories, for every order and repetition that a network may come up with. */
class CausalDeliveryPropertyTest {
    /** A message by its index, with all messages that its sender had sent or delivered before. */
    private record Sent(int index, CausalMessage<Integer> message, BitSet past) {}

    /** A member of the model: delivers whatever message it may, by the definition. */
    private static final class Member {
        final String node;
        final BitSet delivered = new BitSet();
        final Map<String, Long> counts = new TreeMap<>();

        Member(String node) {
            this.node = node;
            counts.put(node, 0L);
        }
    }

    /** Stamps by the definition, without the class under test. */
    private static List<Sent> execution(Random random, int nodes, int messages) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            members.add(new Member("n" + i));
        }
        List<Sent> sent = new ArrayList<>();
        while (sent.size() < messages) {
            Member member = members.get(random.nextInt(nodes));
            if (sent.isEmpty() || random.nextInt(3) == 0) {
                member.counts.merge(member.node, 1L, Long::sum);
                BitSet past = (BitSet) member.delivered.clone();
                var message = new CausalMessage<>(member.node, VectorTimestamp.copyOf(member.counts), sent.size());
                member.delivered.set(sent.size());
                sent.add(new Sent(sent.size(), message, past));
            } else {
                Sent next = sent.get(random.nextInt(sent.size()));
                BitSet lacking = (BitSet) next.past.clone();
                lacking.andNot(member.delivered);
                if (lacking.isEmpty() && !member.delivered.get(next.index)) {
                    member.delivered.set(next.index);
                    member.counts.merge(next.message.sender(), 1L, Long::sum);
                }
            }
        }
        return sent;
    }

    @Property(tries = 2_000)
    void everyMessageIsReleasedOnceAfterItsCausesAndAsSoonAsTheyAreThere(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int nodes) {
        Random random = new Random(seed);
        List<Sent> sent = execution(random, nodes, 25);
        List<Sent> network = new ArrayList<>(sent);
        for (int i = 0; i < 15; i++) {
            network.add(sent.get(random.nextInt(sent.size())));
        }
        Collections.shuffle(network, random);
        CausalDelivery<Integer> receiver = CausalDelivery.of("receiver");
        BitSet arrived = new BitSet();
        Set<Integer> released = new LinkedHashSet<>();
        for (Sent next : network) {
            boolean first = !arrived.get(next.index);
            arrived.set(next.index);
            var receipt = receiver.receive(next.message);
            assertThat(receipt.outcome() == CausalDelivery.Outcome.DUPLICATE).isEqualTo(!first);
            for (CausalMessage<Integer> message : receipt.released()) {
                assertThat(sent.get(message.payload()).past.stream()).allMatch(released::contains);
                assertThat(released.add(message.payload())).isTrue();
            }
            // As soon as: released is exactly what arrived with all of its past.
            Set<Integer> expected = new LinkedHashSet<>();
            BitSet missing = new BitSet();
            for (Sent one : sent) {
                BitSet lacking = (BitSet) one.past.clone();
                lacking.andNot(arrived);
                if (arrived.get(one.index) && lacking.isEmpty()) {
                    expected.add(one.index);
                } else if (arrived.get(one.index)) {
                    missing.or(lacking);
                }
            }
            assertThat(released).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(receiver.held()).isEqualTo(arrived.cardinality() - expected.size());
            assertThat(numbersOf(receiver.missing())).isEqualTo(namesOf(missing, sent));
        }
        assertThat(released).hasSize(sent.size());
        assertThat(receiver.held()).isZero();
    }

    private static Set<String> numbersOf(List<MessageRange> ranges) {
        Set<String> names = new TreeSet<>();
        for (MessageRange range : ranges) {
            for (long number = range.first(); number <= range.last(); number++) {
                assertThat(names.add(range.sender() + '#' + number)).isTrue();
            }
        }
        return names;
    }

    private static Set<String> namesOf(BitSet indexes, List<Sent> sent) {
        Set<String> names = new TreeSet<>();
        indexes.stream()
                .mapToObj(i -> sent.get(i).message)
                .forEach(message -> names.add(message.sender() + '#' + message.number()));
        return names;
    }

    @Property
    void membersThatSendThroughItAllDeliverEverythingInCausalOrder(@ForAll long seed) {
        Random random = new Random(seed);
        int nodes = 2 + random.nextInt(3);
        List<CausalDelivery<Integer>> members = new ArrayList<>();
        List<List<CausalMessage<Integer>>> inboxes = new ArrayList<>();
        List<BitSet> delivered = new ArrayList<>();
        List<BitSet> pasts = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            members.add(CausalDelivery.builder("n" + i).maxHeld(4).build());
            inboxes.add(new ArrayList<>());
            delivered.add(new BitSet());
        }
        for (int step = 0; step < 400; step++) {
            int at = random.nextInt(nodes);
            if (pasts.size() < 30 && random.nextInt(4) == 0) {
                pasts.add((BitSet) delivered.get(at).clone());
                CausalMessage<Integer> message = members.get(at).send(pasts.size() - 1);
                delivered.get(at).set(message.payload());
                inboxes.forEach(inbox -> inbox.add(message));
            } else if (!inboxes.get(at).isEmpty()) {
                receive(members.get(at), inboxes.get(at), random, delivered.get(at), pasts);
            }
        }
        for (int at = 0; at < nodes; at++) {
            for (int i = 0; i < 10_000 && !inboxes.get(at).isEmpty(); i++) {
                receive(members.get(at), inboxes.get(at), random, delivered.get(at), pasts);
            }
            assertThat(delivered.get(at).cardinality()).isEqualTo(pasts.size());
            assertThat(members.get(at).held()).isZero();
            assertThat(members.get(at).delivered()).isEqualTo(members.get(0).delivered());
        }
    }

    /** One delivery by the network: any message, perhaps repeated, and again later when it is refused. */
    private static void receive(
            CausalDelivery<Integer> member,
            List<CausalMessage<Integer>> inbox,
            Random random,
            BitSet delivered,
            List<BitSet> pasts) {
        CausalMessage<Integer> message = inbox.get(random.nextInt(inbox.size()));
        var receipt = member.receive(message);
        if (receipt.outcome() != CausalDelivery.Outcome.REFUSED && random.nextInt(3) > 0) {
            inbox.remove(message);
        }
        assertThat(member.held()).isLessThanOrEqualTo(4);
        for (CausalMessage<Integer> released : receipt.released()) {
            BitSet lacking = (BitSet) pasts.get(released.payload()).clone();
            lacking.andNot(delivered);
            assertThat(lacking.isEmpty()).isTrue();
            assertThat(delivered.get(released.payload())).isFalse();
            delivered.set(released.payload());
        }
    }

    @Property
    void aLateMemberReleasesExactlyWhatItsSnapshotLacks(@ForAll long seed) {
        Random random = new Random(seed);
        List<Sent> sent = execution(random, 3, 25);
        CausalDelivery<Integer> old = CausalDelivery.of("old");
        BitSet snapshot = new BitSet();
        for (Sent one : sent.subList(0, random.nextInt(sent.size()))) {
            old.receive(one.message).released().forEach(m -> snapshot.set(m.payload()));
        }
        List<Sent> network = new ArrayList<>(sent);
        Collections.shuffle(network, random);
        int early = random.nextInt(network.size());
        CausalDelivery<Integer> late = CausalDelivery.of("late");
        BitSet released = new BitSet();
        // What it released before it took over the snapshot is its own affair; from then on nothing twice, nothing
        // lost.
        network.subList(0, early)
                .forEach(one -> late.receive(one.message).released().forEach(m -> released.set(m.payload())));
        BitSet state = (BitSet) released.clone();
        state.or(snapshot);
        late.startFrom(old.delivered()).forEach(m -> release(m, state, sent));
        network.subList(early, network.size())
                .forEach(one -> late.receive(one.message).released().forEach(m -> release(m, state, sent)));
        assertThat(state.cardinality()).isEqualTo(sent.size());
        assertThat(late.held()).isZero();
    }

    private static void release(CausalMessage<Integer> message, BitSet state, List<Sent> sent) {
        assertThat(state.get(message.payload())).isFalse();
        assertThat(sent.get(message.payload()).past.stream()).allMatch(state::get);
        state.set(message.payload());
    }

    @Property
    void retiringASenderReleasesAllThatWaitedForItAloneInCausalOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<Sent> sent = execution(random, 3, 25);
        List<Sent> network = new ArrayList<>(sent);
        // Of n0 only some messages ever arrive.
        network.removeIf(one -> one.message.sender().equals("n0") && random.nextBoolean());
        Collections.shuffle(network, random);
        int late = random.nextInt(network.size());
        CausalDelivery<Integer> receiver = CausalDelivery.of("receiver");
        List<Integer> released = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < network.size(); i++) {
            if (i == late) {
                receiver.retire("n0").forEach(m -> released.add(m.payload()));
            }
            var receipt = receiver.receive(network.get(i).message);
            refused += receipt.outcome() == CausalDelivery.Outcome.RETIRED ? 1 : 0;
            receipt.released().forEach(m -> released.add(m.payload()));
        }
        assertThat(released).doesNotHaveDuplicates().hasSize(network.size() - refused);
        assertThat(receiver.held()).isZero();
        for (int i = 0; i < released.size(); i++) {
            for (int j = i + 1; j < released.size(); j++) {
                assertThat(sent.get(released.get(i)).past.get(released.get(j))).isFalse();
            }
        }
    }
}
