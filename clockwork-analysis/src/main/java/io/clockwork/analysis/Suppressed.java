package io.clockwork.analysis;

/**
 * A finding that a rule keeps out of the findings.
 *
 * @param id the finding's id
 * @param reason why it is accepted
 * @param finding what it is, in a few words
 */
public record Suppressed(String id, String reason, String finding) {}
