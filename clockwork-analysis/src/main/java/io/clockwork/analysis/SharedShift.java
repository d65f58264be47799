package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of a caller's changes that is the same for the services that it calls. */
final class SharedShift {
    /*
     * A service that is called by one that got slow, or that no longer comes to call it, looks just as changed as one that
     * got slow itself. But then all others that are called from there have changed alike. The median over the called
     * services, the lower one of two, is what they have in common; with one called service nothing can be told apart.
     */

    private final Map<String, double[]> shifts = new LinkedHashMap<>();

    /** Adds by how much calls to a service changed, with the number of these calls. */
    void add(String callee, double shift, long weight) {
        double[] sums = shifts.computeIfAbsent(callee, c -> new double[2]);
        sums[0] += shift * weight;
        sums[1] += weight;
    }

    /** {@return the shift that the called services have in common, at least 0} */
    double common() {
        if (shifts.size() < 2) {
            return 0;
        }
        List<Double> means = new ArrayList<>();
        shifts.values().forEach(sums -> means.add(sums[0] / sums[1]));
        means.sort(null);
        return Math.max(0, means.get((means.size() - 1) / 2));
    }
}
