package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages between hosts, to be looked for in a log: {@code "client -> server, server -> db, db -> server, server -> client"}.
 *
 * <p>A host of the pattern stands for one task of the log, two hosts for different tasks. The messages are those that follow
 * each other at each host: it neither sends nor receives another one in between, but what else it does does not matter.
 * Events that receive and send receive first; several messages of one event are in the order of the events at their other
 * ends. Names of hosts are letters, digits and underscores. Immutable.
 */
public final class MotifPattern {
    /** The most messages that a pattern may have. */
    public static final int MAX_MESSAGES = 100;

    private static final Pattern MESSAGE = Pattern.compile("\\s*(\\w+)\\s*->\\s*(\\w+)\\s*");

    /** The names of the hosts, in the order of the text. */
    final List<String> hosts;
    /** Of each message the number of the host that sends it, and of the one that receives it. */
    final int[] senders;

    final int[] receivers;
    /** Per host the task or service that it stands for; empty where it may be any. */
    final List<String> names;

    private MotifPattern(List<String> hosts, int[] senders, int[] receivers, List<String> names) {
        this.hosts = hosts;
        this.senders = senders;
        this.receivers = receivers;
        this.names = names;
    }

    /**
     * Returns a pattern: messages {@code a -> b} separated by commas, in the order in which each host sends and receives them.
     *
     * @throws IllegalArgumentException if the text is no such list, a host sends to itself, a message has no host in common
     *     with those before it, or there are more than {@value #MAX_MESSAGES} of them
     */
    public static MotifPattern of(String messages) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<int[]> found = new ArrayList<>();
        int from = 0;
        while (from <= messages.length()) {
            int comma = messages.indexOf(',', from);
            int to = comma < 0 ? messages.length() : comma;
            Matcher message = MESSAGE.matcher(messages).region(from, to);
            if (!message.matches()) {
                throw new IllegalArgumentException("at offset " + from
                        + ": expected a message such as \"a -> b\", found \"" + messages.substring(from, to) + '"');
            }
            if (found.size() == MAX_MESSAGES) {
                throw new IllegalArgumentException(
                        "a pattern has at most " + MAX_MESSAGES + " messages; look for parts of it");
            }
            found.add(message(message.group(1), message.group(2), numbers));
            from = to + 1;
        }
        List<String> hosts = List.copyOf(numbers.keySet());
        return new MotifPattern(
                hosts,
                found.stream().mapToInt(message -> message[0]).toArray(),
                found.stream().mapToInt(message -> message[1]).toArray(),
                hosts.stream().map(host -> "").toList());
    }

    private static int[] message(String sender, String receiver, Map<String, Integer> numbers) {
        if (sender.equals(receiver)) {
            throw new IllegalArgumentException(
                    "the host " + sender + " sends to itself, which is no message; name two hosts");
        }
        int before = numbers.size();
        boolean known = numbers.containsKey(sender) || numbers.containsKey(receiver);
        if (before > 0 && !known) {
            throw new IllegalArgumentException(
                    "the message " + sender + " -> " + receiver
                            + " has no host in common with those before it; give the messages in an order in which each one has");
        }
        numbers.putIfAbsent(sender, numbers.size());
        numbers.putIfAbsent(receiver, numbers.size());
        return new int[] {numbers.getOrDefault(sender, 0), numbers.getOrDefault(receiver, 0)};
    }

    /**
     * Returns this pattern with a host that only stands for tasks of one name, or of one service.
     *
     * @throws IllegalArgumentException if the pattern has no such host
     */
    public MotifPattern where(String host, String name) {
        Objects.requireNonNull(name, "name");
        int index = hosts.indexOf(host);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "the pattern has no host \"" + host + "\", only " + String.join(", ", hosts));
        }
        List<String> changed = new ArrayList<>(names);
        changed.set(index, name);
        return new MotifPattern(hosts, senders, receivers, List.copyOf(changed));
    }

    int messages() {
        return senders.length;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < senders.length; i++) {
            out.append(i == 0 ? "" : ", ").append(hosts.get(senders[i]));
            out.append(" -> ").append(hosts.get(receivers[i]));
        }
        return out.toString();
    }
}
