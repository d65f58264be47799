package io.clockwork.analysis;

import io.clockwork.analysis.Race.Verdict;
import java.util.List;

/**
 * What one task does in several steps that are meant as one, and another task's access that comes in between.
 *
 * @param verdict {@code CERTAIN} when an order of this run's events that keeps all its sync has it in between; {@code
 *     POSSIBLE} when only this run's timing kept it out, and no lock was held all the while that would
 * @param kind what goes wrong
 * @param block the operation or lock whose events are meant as one; empty for a read and a write of one variable
 * @param steps the accesses in the order in which it goes wrong: the first and the last by the task, the others by others
 * @param count how many times it was seen at these places; at least 1
 */
public record AtomicityViolation(Verdict verdict, Kind kind, String block, List<Step> steps, int count) {
    /** Creates a violation with a copy of {@code steps}. */
    public AtomicityViolation {
        steps = List.copyOf(steps);
    }

    /** What goes wrong. */
    public enum Kind {
        /** Both tasks read a value and write one made from it: the one that is written in between is lost. */
        LOST_UPDATE,
        /** A task writes on the ground of a value that is no longer there: another one wrote in between. */
        CHECK_THEN_ACT,
        /** A block ran in a way that it could not have, had each block run by itself, one after the other. */
        NOT_SERIALIZABLE
    }

    /**
     * One access.
     *
     * @param variable the variable's name
     * @param access who, where and what
     */
    public record Step(String variable, Access access) {}

    /** {@return the variable of the first access} */
    public String variable() {
        return steps.get(0).variable();
    }

    /** {@return the task's first access} */
    public Access first() {
        return steps.get(0).access();
    }

    /** {@return the task's last access} */
    public Access last() {
        return steps.get(steps.size() - 1).access();
    }

    /** {@return the accesses by others in between} */
    public List<Access> between() {
        return steps.subList(1, steps.size() - 1).stream().map(Step::access).toList();
    }
}
