/**
 * Recorded events in files: one JSON object a line.
 *
 * <p>{@link io.clockwork.json.log.JsonLogSink} writes them, {@link io.clockwork.json.log.JsonLogReader} reads them, of
 * several files, runs and services at once. docs/formats/events-json.md is the specification.
 */
package io.clockwork.json.log;
