/**
 * Causality in JSON payloads: {@link io.clockwork.json.JsonCodec} puts it beside the members of an object, {@link
 * io.clockwork.json.JsonForm} makes a document of a single value. Neither needs a library.
 */
package io.clockwork.json;
