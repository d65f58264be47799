/** A report as one page for a browser. */
package io.clockwork.analysis.html;
