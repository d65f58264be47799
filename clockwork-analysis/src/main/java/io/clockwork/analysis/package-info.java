/**
 * Reads out of a history what caused what: order, races, the critical path.
 *
 * <p>Everything starts with an {@link io.clockwork.analysis.EventLog}; a {@link io.clockwork.analysis.Report} holds all
 * findings.
 */
package io.clockwork.analysis;
