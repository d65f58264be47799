package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;

/**
 * What there is to look at.
 *
 * @param log the events
 * @param report what was found in them
 */
public record Contents(EventLog log, Report report) {}
