/**
 * Vectors inside MessagePack that an application reads and writes with msgpack-core, of version 0.9 or later; nothing
 * else in this module touches that library.
 *
 * <p>The dependency is optional: add {@code org.msgpack:msgpack-core} to use this package. msgpack-core has no module
 * name, so this module says {@code requires static msgpack.core}, which is the name that is derived from the file's. On
 * the class path, or without the library, that is without effect, and {@code jlink} links this module when the library is
 * left out. A modular application that uses this package requires {@code msgpack.core} itself, and cannot be linked by
 * {@code jlink} then, which takes no automatic modules.
 */
package io.clockwork.binary.msgpack;
