package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Scanners and streams that several tests use. */
final class Scanners {
    private Scanners() {}

    static JsonScanner over(String document) {
        return JsonScanner.of(document.getBytes(UTF_8));
    }

    static JsonScanner limited(String document, int depth, int stringBytes, int numberChars) {
        byte[] bytes = document.getBytes(UTF_8);
        return JsonScanner.of(new ByteArrayInputStream(bytes), new JsonLimits(depth, stringBytes, numberChars), 4);
    }

    static JsonSyntaxException refusal(JsonScanner json) {
        return catchThrowableOfType(JsonSyntaxException.class, () -> {
            json.skipValue();
            json.endDocument();
        });
    }

    static InputStream endless(char c, AtomicInteger given) {
        return new InputStream() {
            @Override
            public int read() {
                return given.getAndIncrement() == 0 ? c : '7';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };
    }
}
