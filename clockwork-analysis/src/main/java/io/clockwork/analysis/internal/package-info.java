/** What packages of this module share; not exported. */
package io.clockwork.analysis.internal;
