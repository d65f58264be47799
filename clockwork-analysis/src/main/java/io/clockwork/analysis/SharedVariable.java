package io.clockwork.analysis;

import java.util.List;

/**
 * A variable that several tasks accessed, at least one of them writing.
 *
 * @param name the variable's name
 * @param tasks how many tasks accessed it
 * @param accesses how many times it was accessed
 * @param races how many findings there are about it
 * @param commonLocks the locks that were held at every access, in order of name
 */
public record SharedVariable(String name, int tasks, int accesses, int races, List<String> commonLocks) {
    /** Creates a variable with a copy of {@code commonLocks}. */
    public SharedVariable {
        commonLocks = List.copyOf(commonLocks);
    }
}
