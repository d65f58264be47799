/**
 * A streaming JSON scanner and writer without dependencies: strict RFC 8259, no tree, limits first.
 *
 * <p>{@link io.clockwork.json.stream.JsonScanner} pulls tokens from UTF-8 bytes and never holds the
 * document, so traces of many gigabytes are read in constant memory; member names are told apart
 * through a {@link io.clockwork.json.stream.NameTable} and repeated strings shared through a {@link
 * io.clockwork.json.stream.StringCache}, both without allocating. {@link
 * io.clockwork.json.stream.JsonWriter} writes deterministic JSON that may stand inside an HTML page.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">T. Bray, <i>The JavaScript Object Notation
 *     (JSON) Data Interchange Format</i>, RFC 8259, 2017</a>
 */
package io.clockwork.json.stream;
