/** Reads logs in the formats that people have. */
package io.clockwork.analysis.format;
