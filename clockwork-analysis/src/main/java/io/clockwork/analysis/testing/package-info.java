/** Assertions about causality, for any test framework: they throw plain {@code AssertionError}s that say what is wrong. */
package io.clockwork.analysis.testing;
