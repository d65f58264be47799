/**
 * Clockwork with Jackson 2: causality in its {@code ObjectNode}, and a module for the types of clockwork.
 *
 * <p>Needs {@code com.fasterxml.jackson.core:jackson-databind}, which clockwork does not bring along.
 */
package io.clockwork.json.jackson2;
