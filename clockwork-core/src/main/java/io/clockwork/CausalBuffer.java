package io.clockwork;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages that a {@link CausalDelivery} holds, indexed by what they wait for; not thread-safe. */
final class CausalBuffer<M> {
    /*
     * A held message stands in the heap of one sender: that of the first entry of its timestamp that is not met. When a
     * message is released, only the heap of its sender is looked at. What it wakes goes on from the entry where it stood,
     * for a met entry stays met: so a message scans its entries once, however often it is woken.
     *
     * A message is ready when all its causes have been released, so the ready ones are pairwise concurrent and the order
     * of the queue, first woken first, is causal and the same for the same input.
     */
    private final Map<String, DeliverySender<M>> senders = new HashMap<>();
    private int knownSenders;
    private int heldCount;

    int knownSenders() {
        return knownSenders;
    }

    int held() {
        return heldCount;
    }

    @Nullable
    DeliverySender<M> find(String node) {
        return senders.get(node);
    }

    boolean knows(String node) {
        DeliverySender<M> sender = senders.get(node);
        return sender != null && sender.known;
    }

    DeliverySender<M> know(String node) {
        DeliverySender<M> sender = sender(node);
        if (!sender.known) {
            sender.known = true;
            knownSenders++;
        }
        return sender;
    }

    private DeliverySender<M> sender(String node) {
        return senders.computeIfAbsent(node, DeliverySender::new);
    }

    /** Moves on to the first unmet cause; returns how far its sender must be delivered, 0 if all are met. */
    long advance(DeliverySender.Held<M> held) {
        VectorTimestamp timestamp = held.message.timestamp();
        for (; held.next < timestamp.size(); held.next++) {
            long open = open(held, held.next);
            if (open > 0) {
                return open;
            }
        }
        return 0;
    }

    private long open(DeliverySender.Held<M> held, int entry) {
        long need = held.needAt(entry);
        if (need == 0) {
            return 0;
        }
        DeliverySender<M> sender = senders.get(held.message.timestamp().nodeAt(entry));
        return sender == null ? need : sender.open(need);
    }

    void hold(DeliverySender.Held<M> held, long need) {
        know(held.message.sender()).hold(held);
        heldCount++;
        await(held, need);
    }

    private void await(DeliverySender.Held<M> held, long need) {
        sender(held.message.timestamp().nodeAt(held.next)).await(held, need);
    }

    /** Releases a message that was not held and all that waited for it alone. */
    List<CausalMessage<M>> release(DeliverySender.Held<M> arrived) {
        know(arrived.message.sender());
        heldCount++;
        ArrayDeque<DeliverySender.Held<M>> ready = new ArrayDeque<>();
        ready.add(arrived);
        return releaseAll(ready);
    }

    private List<CausalMessage<M>> releaseAll(ArrayDeque<DeliverySender.Held<M>> ready) {
        List<CausalMessage<M>> released = new ArrayList<>();
        for (var held = ready.poll(); held != null; held = ready.poll()) {
            DeliverySender<M> from = sender(held.message.sender());
            from.release(held);
            from.delivered = held.number;
            heldCount--;
            released.add(held.message);
            wake(from, ready);
        }
        return released;
    }

    private void wake(DeliverySender<M> sender, ArrayDeque<DeliverySender.Held<M>> ready) {
        for (var held = sender.wakeNext(); held != null; held = sender.wakeNext()) {
            settle(held, ready);
        }
    }

    private void settle(DeliverySender.Held<M> held, ArrayDeque<DeliverySender.Held<M>> ready) {
        long need = advance(held);
        if (need == 0) {
            ready.add(held);
        } else {
            await(held, need);
        }
    }

    /** Takes all up to {@code start}, which has no zeros, as delivered, and drops what is held of that. */
    void raise(VectorTimestamp start) {
        for (int i = 0; i < start.size(); i++) {
            DeliverySender<M> sender = know(start.nodeAt(i));
            sender.delivered = Math.max(sender.delivered, start.counterAt(i));
            sender.removeCovered().forEach(this::drop);
        }
    }

    private void drop(DeliverySender.Held<M> held) {
        heldCount--;
        DeliverySender<M> awaited = sender(held.message.timestamp().nodeAt(held.next));
        awaited.stopWaiting(held);
        if (awaited.isForgettable()) {
            senders.remove(awaited.node);
        }
    }

    /** Releases what waited for the nodes of {@code start}, after they were raised. */
    List<CausalMessage<M>> releaseUpTo(VectorTimestamp start) {
        ArrayDeque<DeliverySender.Held<M>> ready = new ArrayDeque<>();
        for (int i = 0; i < start.size(); i++) {
            wake(sender(start.nodeAt(i)), ready);
        }
        return releaseAll(ready);
    }

    List<CausalMessage<M>> retire(String node) {
        DeliverySender<M> gone = know(node);
        gone.retire();
        ArrayDeque<DeliverySender.Held<M>> ready = new ArrayDeque<>();
        gone.wakeAll().forEach(held -> settle(held, ready));
        return releaseAll(ready);
    }

    /**
     * {@return what a released message teaches: its timestamp, or only its own entry when it names, with 0, nodes that
     * sent nothing and would only widen ours}
     */
    VectorTimestamp withoutStrangers(CausalMessage<M> message) {
        VectorTimestamp timestamp = message.timestamp();
        for (int i = 0; i < timestamp.size(); i++) {
            if (timestamp.counterAt(i) == 0 && !knows(timestamp.nodeAt(i))) {
                return VectorTimestamp.of(message.sender(), message.number());
            }
        }
        return timestamp;
    }

    List<MessageRange> waitingFor(CausalMessage<M> message) {
        DeliverySender<M> from = senders.get(message.sender());
        DeliverySender.Held<M> held = from == null ? null : from.held(message.number());
        if (held == null) {
            return List.of();
        }
        List<MessageRange> ranges = new ArrayList<>();
        VectorTimestamp timestamp = held.message.timestamp();
        for (int i = held.next; i < timestamp.size(); i++) {
            long open = open(held, i);
            if (open > 0) {
                DeliverySender<M> sender = senders.get(timestamp.nodeAt(i));
                ranges.add(new MessageRange(timestamp.nodeAt(i), sender == null ? 1 : sender.delivered + 1, open));
            }
        }
        return List.copyOf(ranges);
    }

    List<MessageRange> missing() {
        TreeMap<String, Long> needs = new TreeMap<>(NodeIds::compare);
        for (DeliverySender<M> sender : senders.values()) {
            for (DeliverySender.Held<M> held : sender.held()) {
                for (int i = held.next; i < held.message.timestamp().size(); i++) {
                    needs.merge(held.message.timestamp().nodeAt(i), held.needAt(i), Math::max);
                }
            }
        }
        List<MessageRange> missing = new ArrayList<>();
        needs.forEach((node, need) -> {
            DeliverySender<M> sender = senders.get(node);
            if (sender == null && need > 0) {
                missing.add(new MessageRange(node, 1, need));
            } else if (sender != null && !sender.retired) {
                sender.addMissing(need, missing);
            }
        });
        return List.copyOf(missing);
    }
}
