package io.clockwork.analysis;

/**
 * Something that was written before a reference to it was left without sync for another task, which then read it: with the
 * reference it may see the old content.
 *
 * @param reference the variable by which the other task came to it
 * @param content the variable that was written before and read after
 * @param written where it was written
 * @param published where the same task then wrote the reference
 * @param seen where the other task read the reference
 * @param read where it then read what was written
 * @param count how many times it was seen at these places; at least 1
 */
public record UnsafePublication(
        String reference, String content, Access written, Access published, Access seen, Access read, int count) {}
