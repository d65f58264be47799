/**
 * Records what a program did, with the causes of every event, for analysis.
 *
 * <p>A {@link io.clockwork.record.Recorder} follows tasks from thread to thread. What it holds is read through {@link
 * io.clockwork.record.Recording}.
 */
package io.clockwork.record;
