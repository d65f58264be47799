package io.clockwork.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzzes each target in a process of its own, for so many seconds and from its committed corpus; fails when one does.
 *
 * <p>Arguments: the folder of the corpora, a folder for what the fuzzer finds, the seconds for each target, and
 * optionally the names of the targets, which are those of the corpora.
 */
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path corpora = Path.of(arguments[0]);
        Path work = Files.createDirectories(Path.of(arguments[1]));
        List<String> wanted = List.of(arguments).subList(3, arguments.length);
        List<String> failed = new ArrayList<>();
        for (Target target : Target.values()) {
            if ((wanted.isEmpty() || wanted.contains(target.corpus())) && !fuzz(target, corpora, work, arguments[2])) {
                failed.add(target.corpus());
            }
        }
        if (!failed.isEmpty()) {
            System.err.println("fuzzing found an input that fails: " + failed + "; see " + work);
            System.exit(1);
        }
    }

    private static boolean fuzz(Target target, Path corpora, Path work, String seconds)
            throws IOException, InterruptedException {
        Path found = Files.createDirectories(work.resolve(target.corpus()));
        Path log = work.resolve(target.corpus() + ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xss512k",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=io.clockwork.**",
                        "--custom_hook_excludes=**",
                        "-max_total_time=" + seconds,
                        "-max_len=16384",
                        "-timeout=10",
                        "-artifact_prefix=" + work.toAbsolutePath() + "/",
                        found.toString(),
                        corpora.resolve(target.corpus()).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean passed = process.waitFor() == 0;
        List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        if (passed) {
            lines.stream()
                    .filter(line -> line.contains("DONE"))
                    .forEach(line -> System.out.println("fuzz " + target.corpus() + ": " + line));
        } else {
            lines.subList(Math.max(0, lines.size() - 40), lines.size()).forEach(System.err::println);
        }
        return passed;
    }
}
