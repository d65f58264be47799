package io.clockwork.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.VectorTimestamp;
import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens where Jackson is not: a class loader that has this library and the JDK, and nothing else. */
class WithoutJacksonTest {
    private static URLClassLoader loader() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Class<?> part : List.of(JsonCodec.class, VectorTimestamp.class)) {
            urls.add(part.getProtectionDomain().getCodeSource().getLocation());
        }
        assertThat(urls).noneMatch(url -> new File(url.getPath()).getName().contains("jackson"));
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @ParameterizedTest
    @CsvSource({
        "io.clockwork.json.jackson2.JacksonCodec, com.fasterxml.jackson.core:jackson-databind",
        "io.clockwork.json.jackson3.JacksonCodec, tools.jackson.core:jackson-databind"
    })
    void saysWhatToAdd(String name, String artifact) throws Exception {
        try (URLClassLoader loader = loader()) {
            Class<?> codec = Class.forName(name, true, loader);
            // Not getMethod, which would resolve the types of all signatures; callers resolve that of one.
            MethodHandle create =
                    MethodHandles.publicLookup().findStatic(codec, "create", MethodType.methodType(codec));
            assertThatThrownBy(create::invoke)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("add " + artifact);
        }
    }

    @Test
    void theRestWorks() throws Exception {
        try (URLClassLoader loader = loader()) {
            Class<?> codec = Class.forName(JsonCodec.class.getName(), true, loader);
            Object created = codec.getMethod("create").invoke(null);
            Object found = codec.getMethod("hasCausality", String.class).invoke(created, "{}");
            assertThat(found).isEqualTo(false);
            Class<?> form = Class.forName(JsonForm.class.getName(), true, loader);
            Object read = form.getMethod("read", String.class)
                    .invoke(form.getField("VECTOR_TIMESTAMP").get(null), "{\"clocks\":{\"a\":1}}");
            assertThat(read).hasToString("a=1");
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
