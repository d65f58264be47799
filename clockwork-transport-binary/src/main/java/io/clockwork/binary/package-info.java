/** Causality in binary record headers: Kafka record headers and gRPC {@code -bin} metadata. */
package io.clockwork.binary;
