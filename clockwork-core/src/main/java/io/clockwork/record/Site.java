package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/**
 * A place in the source code.
 *
 * @param className the binary name of the class
 * @param method the method's name
 * @param file the source file's name, or null when the class file does not tell
 * @param line the line in the file, or 0 when the class file does not tell
 */
public record Site(
        String className, String method, @Nullable String file, int line) {
    /** {@return the place as people write it: {@code Bank.java:42}, or class and method where file or line is unknown} */
    @Override
    public String toString() {
        return file == null || line <= 0 ? className + '.' + method : file + ':' + line;
    }
}
