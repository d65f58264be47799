package io.clockwork.record;

import io.clockwork.VectorTimestamp;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one trace knows of other services, and they of it. Safe for use by any number of threads; bounded, whatever
 * comes in.
 */
final class Abroad {
    /** Components of other services have numbers from here on, those of this recorder smaller ones. */
    static final int FIRST = 1 << 30;
    /** How many components of other services a trace learns of: what is kept of a header is bounded by this. */
    static final int MAX_COMPONENTS = 64;

    private static final int MAX_ROOTS = 16;
    private static final int MAX_DIGITS = 9;
    private static final String[] NONE = {};

    private final String prefix;
    private final Map<String, Integer> numbers = new HashMap<>();
    /** Copied when it grows. */
    private volatile String[] names = NONE;
    /** What anybody else can know of the components of this recorder. */
    private long[] sent = Knowledge.NONE;
    /** Tasks of the trace that were set off from outside, and that nobody here waits for. */
    private final Deque<Task> roots = new ArrayDeque<>();

    private boolean forgotten;

    Abroad(String prefix) {
        this.prefix = prefix;
    }

    /** {@return the name of another service's component; null when it was forgotten} */
    @Nullable
    String name(int component) {
        String[] all = names;
        int index = component - FIRST;
        return index < all.length ? all[index] : null;
    }

    /** Says that others may know this from now on. */
    synchronized void send(long[] vector) {
        sent = Knowledge.merge(sent, vector);
    }

    /**
     * Returns a vector that came in, as far as it can be used: of this recorder's own components nobody can know more
     * than was sent. {@code refused} is told of each entry that is left out.
     */
    synchronized long[] learn(VectorTimestamp received, Runnable refused) {
        long[] vector = new long[2 * received.size()];
        int size = 0;
        for (int i = 0; i < received.size(); i++) {
            long counter = received.counterAt(i);
            int component = counter == 0 ? -1 : component(received.nodeAt(i), counter);
            if (component >= 0) {
                insert(vector, size, component, counter);
                size += 2;
            } else if (counter > 0) {
                refused.run();
            }
        }
        return Arrays.copyOf(vector, size);
    }

    private int component(String name, long counter) {
        if (name.startsWith(prefix)) {
            int own = ownComponent(name);
            return own >= 0 && counter <= Knowledge.get(sent, own) ? own : -1;
        }
        Integer known = numbers.get(name);
        if (known == null) {
            if (forgotten || names.length == MAX_COMPONENTS) {
                return -1;
            }
            known = FIRST + names.length;
            numbers.put(name, known);
            String[] more = Arrays.copyOf(names, names.length + 1);
            more[names.length] = name;
            names = more;
        }
        return known;
    }

    private int ownComponent(String name) {
        int digits = name.length() - prefix.length();
        if (digits == 0 || digits > MAX_DIGITS || (digits > 1 && name.charAt(prefix.length()) == '0')) {
            return -1;
        }
        int number = 0;
        for (int i = prefix.length(); i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Inserts a pair by its component among the first {@code size} longs; most come in their order. */
    private static void insert(long[] vector, int size, int component, long counter) {
        int at = size;
        while (at > 0 && vector[at - 2] > component) {
            vector[at] = vector[at - 2];
            vector[at + 1] = vector[at - 1];
            at -= 2;
        }
        vector[at] = component;
        vector[at + 1] = counter;
    }

    /**
     * Enters a task that was set off from outside. It takes over the components of those that had ended before what set
     * it off: a service that is called a thousand times in turn is one component.
     */
    synchronized void begin(Task root) {
        Iterator<Task> earlier = roots.iterator();
        while (earlier.hasNext()) {
            Task task = earlier.next();
            if (task.isFinished() && root.knows(task) && task.tryEnd()) {
                root.learn(task, true);
                earlier.remove();
            }
        }
        if (roots.size() == MAX_ROOTS) {
            roots.removeFirst();
        }
        if (!forgotten) {
            roots.addLast(root);
        }
    }

    /** Forgets all, for good: what the numbers stand for must not change. */
    synchronized void forget() {
        forgotten = true;
        names = NONE;
        numbers.clear();
        roots.clear();
    }
}
