package io.clockwork.record;

import java.util.concurrent.ConcurrentHashMap;

/** Tells objects of one name apart: the later ones are called name#2, name#3 and so on. No name is given twice. */
final class ObjectNames {
    /** How many objects of each name there are; one entry a name that the application gave, whatever their number. */
    private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

    String next(String name) {
        String candidate;
        do {
            int count = counts.merge(name, 1, Integer::sum);
            candidate = count == 1 ? name : name + '#' + count;
        } while (isTaken(candidate, name));
        return candidate;
    }

    /*
     * A name given by the application may look like one that was made here. Counting comes before looking, so of two
     * threads that make the same name in both ways at least one sees the other.
     */
    private boolean isTaken(String candidate, String name) {
        if (!candidate.equals(name)) {
            return counts.containsKey(candidate);
        }
        int mark = name.lastIndexOf('#');
        Integer others = mark < 0 ? null : counts.get(name.substring(0, mark));
        return others != null && isAtMost(name, mark + 1, others);
    }

    /** {@return whether {@code text} is a number that was made here, from 2 to {@code limit}, from {@code start} on} */
    private static boolean isAtMost(String text, int start, int limit) {
        if (start == text.length() || text.length() - start > 9 || text.charAt(start) == '0') {
            return false;
        }
        int number = 0;
        for (int i = start; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            number = number * 10 + digit - '0';
        }
        return number >= 2 && number <= limit;
    }
}
