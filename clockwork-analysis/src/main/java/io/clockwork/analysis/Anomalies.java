package io.clockwork.analysis;

import java.util.List;

/**
 * What is unusual about a log by a baseline.
 *
 * @param anomalies the anomalies, the most severe first
 * @param judged how many runs of operations were compared
 * @param unjudged how many runs were not, because the baseline has too few of their operation
 */
public record Anomalies(List<Anomaly> anomalies, long judged, long unjudged) {
    /** Creates a result with a copy of the list. */
    public Anomalies {
        anomalies = List.copyOf(anomalies);
    }

    /** {@return what there is to say without a baseline} */
    public static Anomalies none() {
        return new Anomalies(List.of(), 0, 0);
    }
}
