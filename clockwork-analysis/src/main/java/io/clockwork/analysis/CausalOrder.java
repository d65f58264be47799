package io.clockwork.analysis;

/**
 * The shape of one trace's causal order.
 *
 * @param trace the name of the trace; may be empty
 * @param hosts how many services or hosts took part
 * @param events how many events there are
 * @param concurrentPairs how many pairs of events happens-before leaves unordered
 * @param longestChain how many events the longest chain of happens-before has
 */
public record CausalOrder(String trace, int hosts, int events, long concurrentPairs, int longestChain) {}
