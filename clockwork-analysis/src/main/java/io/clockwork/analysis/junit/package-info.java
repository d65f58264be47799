/**
 * Causality in JUnit tests: {@link io.clockwork.analysis.junit.CausalTest} records a test and fails it on races.
 *
 * <p>Needs {@code org.junit.jupiter:junit-jupiter-api}, which clockwork does not bring along.
 */
package io.clockwork.analysis.junit;
