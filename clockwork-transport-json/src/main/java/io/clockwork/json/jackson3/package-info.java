/**
 * Clockwork with Jackson 3: causality in its {@code ObjectNode}, and a module for the types of clockwork.
 *
 * <p>Needs {@code tools.jackson.core:jackson-databind}, which clockwork does not bring along.
 */
package io.clockwork.json.jackson3;
