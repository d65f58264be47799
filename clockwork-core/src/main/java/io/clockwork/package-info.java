/**
 * Clocks, timestamps and events that tell what caused what, and the interface of the codecs that carry them.
 *
 * <p>A service keeps one {@link io.clockwork.AtomicVectorClock}, sends its timestamp along with every message, and
 * receives the timestamps of others. Two timestamps then tell by {@code compare} whether one can have caused the other.
 */
package io.clockwork;
