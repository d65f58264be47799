/** Shared by Clockwork's own transports and not for others: it may change at any time. */
package io.clockwork.internal;
