/** The terminal browser; the only package that links JLine, which the cli jar brings along. */
package io.clockwork.analysis.cli.browse;
