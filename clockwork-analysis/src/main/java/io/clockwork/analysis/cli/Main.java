package io.clockwork.analysis.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The command line. */
public final class Main {
    static final int CLEAN = 0;
    static final int FINDINGS = 1;
    static final int UNUSABLE = 2;

    private static final String USAGE = """
            Clockwork tells what caused what.

              demo                    run a race for real, record it, and report it
              analyze FILE...         report on logs: of recorders, Jaeger, Zipkin and OpenTelemetry
                                      JSON, Raceway, ShiViz, std executions; also gzipped
              convert FILE... --to FORMAT
                                      write logs as: events, shiviz, jaeger, zipkin, otlp,
                                      perfetto, dot, mermaid, folded

            Options of analyze and convert:
              --format FORMAT         take the files for: events, jaeger, zipkin, otlp, raceway,
                                      shiviz, std (default: look at them)
              --parser REGEX          a ShiViz log's expression, with groups host, clock, event
              --delimiter REGEX       what separates the executions of a ShiViz log

            Options of convert:
              --out FILE              write there (default: standard output)

            Options of analyze:
              --json                  print the report as JSON
              --suppress FILE         accept the findings whose ids FILE lists, with reasons
              --fail-on VERDICT       exit with 1 on a race, a split step or a deadlock that is
                                      certain, likely or possible, or surer (default: never)

            Exit status: 0 clean, 1 findings at or above --fail-on, 2 unusable input.

            Examples:
              clockwork demo
              clockwork analyze trace.json.gz
              clockwork analyze --fail-on certain --json run.log
              clockwork convert trace.json.gz --to perfetto --out trace.perfetto.json
              clockwork convert shop.jsonl bank.jsonl --to shiviz > run.log
            """;

    private Main() {}

    /** Runs the command line and exits. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(List.of(args), out, err);
        if (out.checkError()) {
            complain(err, "the output could not be written");
            status = UNUSABLE;
        }
        System.exit(status);
    }

    /** Runs one command; returns the exit status. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.isEmpty() || args.contains("--help") || args.contains("-h")) {
            (args.isEmpty() ? err : out).print(USAGE);
            return args.isEmpty() ? UNUSABLE : CLEAN;
        }
        List<String> rest = args.subList(1, args.size());
        try {
            return switch (args.get(0)) {
                case "demo" -> demo(rest, out);
                case "convert" -> ConvertCommand.parse(rest).run(out, err);
                case "analyze" -> AnalyzeCommand.parse(rest).run(out, err);
                default -> throw new UsageException("unknown command \"" + args.get(0) + "\"");
            };
        } catch (UsageException e) {
            complain(err, e.getMessage() + "; see --help");
            return UNUSABLE;
        }
    }

    /** Prints one line; what may come from outside, such as a file's name, cannot steer the terminal. */
    static void complain(PrintStream err, String message) {
        StringBuilder line = new StringBuilder("clockwork: ");
        message.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        err.println(line);
    }

    private static int demo(List<String> args, PrintStream out) {
        if (!args.isEmpty()) {
            throw new UsageException("demo takes no arguments, got " + Arrays.toString(args.toArray()));
        }
        new Demo(out).run();
        return CLEAN;
    }
}
