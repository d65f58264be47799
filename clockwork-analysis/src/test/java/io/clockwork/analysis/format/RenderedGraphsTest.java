package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.record.EventKind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Has graphs drawn by the tools that people draw them with: Graphviz, and Mermaid in a browser. Skipped where they are not installed. */
class RenderedGraphsTest {
    private static final String MERMAID = "META-INF/resources/webjars/mermaid/11.6.0/dist/mermaid.min.js";
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /** Each is at most as long as a label, and has neither white space at its ends nor two spaces on end. */
    private static final List<String> TEXTS = List.of(
            "get",
            "\"quoted\" \\ back",
            "<script>alert(1)</script>",
            "<br/>&amp;lt; &#35;",
            "end",
            "é→\uD83D\uDE00",
            "%%{init}%%",
            "a;b #35; c",
            "x-->>y: z",
            "\\N\\G\\l",
            "Note over p0: no",
            "[link](x) `code` *b*");

    @TempDir
    Path folder;

    /** {@return a log of three services that sent each other messages with such texts; edges of all kinds} */
    private static EventLog log(int seed) {
        Random random = new Random(seed);
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("t");
        int[] tasks = new int[3];
        for (int t = 0; t < tasks.length; t++) {
            tasks[t] = log.task(trace, TEXTS.get((seed + t) % TEXTS.size()), "");
        }
        int last = -1;
        int lastTask = -1;
        for (int i = 0; i < 16; i++) {
            int task = random.nextInt(tasks.length);
            int event = log.event(tasks[task], EventKind.CUSTOM, TEXTS.get((seed + i) % TEXTS.size()));
            if (last >= 0 && task != lastTask && random.nextInt(4) > 0) {
                if (random.nextBoolean()) {
                    log.causes(last, event);
                } else {
                    log.precedes(last, event);
                }
            }
            last = event;
            lastTask = task;
        }
        return log.build();
    }

    private static List<EventLog> logs() {
        List<EventLog> logs = new ArrayList<>();
        for (int seed = 0; seed < TEXTS.size(); seed++) {
            logs.add(log(seed));
        }
        return logs;
    }

    private static int edges(EventLog log) {
        int edges = 0;
        for (int e = 0; e < log.size(); e++) {
            edges += log.causeCount(e);
        }
        return edges;
    }

    private static List<String> texts(EventLog log) {
        List<String> texts = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            texts.add(log.subject(e));
        }
        return texts;
    }

    @Test
    void graphvizDrawsEveryEventAndEdge() throws Exception {
        Path dot = find(List.of("dot"), "Graphviz's dot");
        for (EventLog log : logs()) {
            Path source = Files.writeString(folder.resolve("graph.dot"), Logs.written(log, OutputFormat.DOT));
            Path picture = folder.resolve("graph.svg");
            run(List.of(dot.toString(), "-Tsvg", "-o", picture.toString(), source.toString()), folder.resolve("out"));
            Document svg = xml(picture);
            List<String> labels = new ArrayList<>();
            int arrows = 0;
            NodeList groups = svg.getElementsByTagName("g");
            for (int i = 0; i < groups.getLength(); i++) {
                Element group = (Element) groups.item(i);
                if (group.getAttribute("class").equals("node")) {
                    labels.add(group.getElementsByTagName("text").item(0).getTextContent());
                } else if (group.getAttribute("class").equals("edge")) {
                    arrows++;
                }
            }
            assertThat(labels).containsExactlyInAnyOrderElementsOf(texts(log));
            assertThat(arrows).isEqualTo(edges(log) + log.size() - log.taskCount());
        }
    }

    private static Document xml(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setNamespaceAware(false);
        return factory.newDocumentBuilder().parse(file.toFile());
    }

    @Test
    void mermaidDrawsEveryMessageAndText() throws Exception {
        Path browser = find(BROWSERS, "Chromium");
        List<EventLog> logs = logs();
        List<String> diagrams = new ArrayList<>();
        logs.forEach(log -> diagrams.add(Logs.written(log, OutputFormat.MERMAID)));
        diagrams.add(Logs.written(crowd(), OutputFormat.MERMAID));
        JsonNode drawn = drawn(browser, diagrams);
        for (int i = 0; i < logs.size(); i++) {
            EventLog log = logs.get(i);
            assertThat(drawn.get(i).path("error").asText()).as(diagrams.get(i)).isEmpty();
            assertThat(strings(drawn.get(i).path("texts")))
                    .as(diagrams.get(i))
                    .containsExactlyInAnyOrderElementsOf(texts(log));
            assertThat(drawn.get(i).path("arrows").asInt()).isEqualTo(edges(log));
            for (int task = 0; task < log.taskCount(); task++) {
                assertThat(strings(drawn.get(i).path("actors"))).contains((log.service(task) + ":").strip());
            }
        }
        JsonNode crowd = drawn.get(logs.size());
        assertThat(crowd.path("error").asText()).isEmpty();
        assertThat(crowd.path("arrows").asInt()).isEqualTo(400);
    }

    /** {@return more than a diagram shows: two thousand tasks, each after the one before it} */
    private static EventLog crowd() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("t");
        int last = -1;
        for (int i = 0; i < 2_000; i++) {
            int event =
                    log.event(log.task(trace, "service " + i % 3, "task " + i), EventKind.CUSTOM, "\uD83D\uDE00;#<>");
            if (last >= 0) {
                log.causes(last, event);
            }
            last = event;
        }
        return log.build();
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    /** {@return per diagram the texts, arrows and actors that Mermaid drew in a browser, or its error} */
    private JsonNode drawn(Path browser, List<String> diagrams) throws Exception {
        try (InputStream script = ClassLoader.getSystemResourceAsStream(MERMAID)) {
            assertThat(script).as(MERMAID).isNotNull();
            Files.copy(script, folder.resolve("mermaid.js"));
        }
        ObjectMapper json = new ObjectMapper();
        String page = """
                <!doctype html><meta charset="utf-8"><script src="mermaid.js"></script><pre id="drawn"></pre><script>
                const diagrams = DIAGRAMS;
                const all = (svg, names) => [...svg.querySelectorAll(names)].map(e => e.textContent);
                (async () => {
                  mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
                  const drawn = [];
                  for (let i = 0; i < diagrams.length; i++) {
                    try {
                      const box = document.createElement('div');
                      box.innerHTML = (await mermaid.render('d' + i, diagrams[i])).svg;
                      drawn.push({texts: all(box, '.messageText, .noteText'), actors: all(box, 'text.actor'),
                        arrows: box.querySelectorAll('.messageLine0, .messageLine1').length});
                    } catch (e) {
                      drawn.push({error: String(e)});
                    }
                  }
                  const bytes = new TextEncoder().encode(JSON.stringify(drawn));
                  document.getElementById('drawn').textContent = [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
                })();
                </script>
                """.replace("DIAGRAMS", json.writeValueAsString(diagrams).replace("<", "\\u003c"));
        Path file = Files.writeString(folder.resolve("page.html"), page, UTF_8);
        Path out = folder.resolve("dom.html");
        run(
                List.of(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=60000",
                        "--dump-dom",
                        file.toUri().toString()),
                out);
        Matcher result = Pattern.compile("<pre id=\"drawn\">([0-9a-f]+)</pre>").matcher(Files.readString(out, UTF_8));
        assertThat(result.find()).as("the page has a result").isTrue();
        return json.readTree(HexFormat.of().parseHex(result.group(1)));
    }

    private static Path find(List<String> names, String tool) {
        List<Path> found = names.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .toList();
        assumeTrue(!found.isEmpty(), () -> "not rendered: " + tool + " is not installed");
        return found.get(0);
    }

    private static void run(List<String> command, Path out) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("%s ended", command)
                    .isTrue();
            assertThat(process.exitValue()).as("%s", command).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
