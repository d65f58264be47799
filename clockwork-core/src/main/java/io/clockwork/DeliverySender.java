package io.clockwork;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a {@link CausalDelivery} knows of one sender: how far it was delivered, what is held of it, who waits for it. */
final class DeliverySender<M> {
    final String node;
    /** All its messages up to this number were delivered, or are to be taken as delivered. */
    long delivered;
    /** Counts against the limit on senders: something of it was delivered or held, or it was retired. */
    boolean known;

    boolean retired;
    /** How far it was delivered without a gap when it was retired. */
    private long deliveredWhenRetired;

    private final TreeMap<Long, Held<M>> held = new TreeMap<>();
    /** Held messages of any sender that wait for this one, the least need first; ties in a fixed order. */
    private final PriorityQueue<Held<M>> waiting = new PriorityQueue<>(Comparator.<Held<M>>comparingLong(h -> h.need)
            .thenComparing(h -> h.message.sender(), NodeIds::compare)
            .thenComparingLong(h -> h.number));

    DeliverySender(String node) {
        this.node = node;
    }

    /** A message that waits for its causes; it stands in one sender's heap, by the first cause that it lacks. */
    static final class Held<M> {
        final CausalMessage<M> message;
        final long number;
        /** The entry of the timestamp to look at next: all before it are met, and what is met stays met. */
        int next;
        /** How far the sender that it waits for must be delivered. */
        long need;

        Held(CausalMessage<M> message) {
            this.message = message;
            number = message.number();
        }

        /** {@return how far the sender of entry {@code i} must have come: for its own sender, to the message before} */
        long needAt(int i) {
            long counter = message.timestamp().counterAt(i);
            return message.timestamp().nodeAt(i).equals(message.sender()) ? counter - 1 : counter;
        }
    }

    /**
     * {@return how far this sender must still be delivered so that {@code need} is met; 0 if it is met}
     *
     * <p>Of a retired sender nothing more will come: only what is held of it can be waited for.
     */
    long open(long need) {
        if (need <= delivered) {
            return 0;
        }
        if (!retired) {
            return need;
        }
        Long last = held.floorKey(need);
        return last == null ? 0 : last;
    }

    void retire() {
        if (!retired) {
            retired = true;
            deliveredWhenRetired = delivered;
        }
    }

    /** {@return whether message {@code number} was released, or is taken to be, or is held} */
    boolean has(long number) {
        return number <= (retired ? deliveredWhenRetired : delivered) || held(number) != null;
    }

    void hold(Held<M> message) {
        held.put(message.number, message);
    }

    @Nullable
    Held<M> held(long number) {
        return held.isEmpty() ? null : held.get(number);
    }

    void release(Held<M> message) {
        if (!held.isEmpty()) {
            held.remove(message.number);
        }
    }

    Collection<Held<M>> held() {
        return held.values();
    }

    /** Removes and returns the held messages that {@link #delivered} has reached. */
    List<Held<M>> removeCovered() {
        var covered = held.headMap(delivered, true);
        List<Held<M>> removed = new ArrayList<>(covered.values());
        covered.clear();
        return removed;
    }

    void await(Held<M> message, long need) {
        message.need = need;
        waiting.add(message);
    }

    void stopWaiting(Held<M> message) {
        waiting.remove(message);
    }

    /** Removes and returns the next message whose need is met, or null. */
    @Nullable
    Held<M> wakeNext() {
        Held<M> first = waiting.peek();
        return first != null && first.need <= delivered ? waiting.poll() : null;
    }

    /** Removes and returns all that wait. */
    List<Held<M>> wakeAll() {
        List<Held<M>> all = new ArrayList<>(waiting.size());
        for (Held<M> h = waiting.poll(); h != null; h = waiting.poll()) {
            all.add(h);
        }
        return all;
    }

    boolean isForgettable() {
        return !known && waiting.isEmpty() && held.isEmpty();
    }

    /** Adds the numbers from {@code delivered + 1} to {@code last} that are not held, as ranges; O(held). */
    void addMissing(long last, List<MessageRange> to) {
        long first = delivered + 1;
        for (long number : held.headMap(last, true).keySet()) {
            if (number > first) {
                to.add(new MessageRange(node, first, number - 1));
            }
            first = number + 1;
        }
        // `first` wraps to the least long after a held message of number 2^63-1, which is then the last one.
        if (first > 0 && first <= last) {
            to.add(new MessageRange(node, first, last));
        }
    }
}
