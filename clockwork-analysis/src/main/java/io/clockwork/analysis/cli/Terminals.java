package io.clockwork.analysis.cli;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the streams of this process are. */
final class Terminals {
    private Terminals() {}

    /** {@return whether the stream, 0 for input, 1 for output or 2 for errors, is a terminal, as far as can be told} */
    static boolean isTerminal(int stream) {
        Path descriptor = Path.of("/proc/self/fd/" + stream);
        if (Files.isSymbolicLink(descriptor)) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return hasConsole();
    }

    /** From Java 22 on there is a console without a terminal, which can be asked. */
    @SuppressWarnings("SystemConsoleNull") // that is how it is before
    private static boolean hasConsole() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = java.io.Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(isTerminal.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** {@return the charset of standard output} */
    static Charset charset() {
        for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
            String name = System.getProperty(property, "");
            if (!name.isEmpty() && isSupported(name)) {
                return Charset.forName(name);
            }
        }
        return StandardCharsets.US_ASCII;
    }

    private static boolean isSupported(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
