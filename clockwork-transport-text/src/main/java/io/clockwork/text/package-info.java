/** Causality in text headers: HTTP headers and ASCII metadata. */
package io.clockwork.text;
