package io.clockwork.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Random;

/**
 * Writes logs with vector clocks in ShiViz's usual form: hosts that send each other messages, a third of the events each
 * sends, receives, and neither; the same for the same arguments.
 */
public final class VectorLogs {
    private final int[][] clocks;
    private final Random random = new Random(16);

    private VectorLogs(int hosts) {
        clocks = new int[hosts][hosts];
    }

    /** Writes a log: events, hosts, file. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("give the number of events, the number of hosts and a file");
        }
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[2]), StandardCharsets.US_ASCII)) {
            out.write("(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\n");
            new VectorLogs(Integer.parseInt(args[1])).write(out, Integer.parseInt(args[0]));
        }
    }

    private void write(Writer out, int events) throws IOException {
        ArrayDeque<int[]> messages = new ArrayDeque<>();
        for (int event = 0; event < events; event++) {
            int host = random.nextInt(clocks.length);
            int kind = random.nextInt(3);
            int[] message = kind == 1 ? messages.poll() : null;
            if (message != null) {
                for (int i = 0; i < message.length; i++) {
                    clocks[host][i] = Math.max(clocks[host][i], message[i]);
                }
            }
            clocks[host][host]++;
            if (kind == 0) {
                messages.add(clocks[host].clone());
            }
            write(out, host, message != null ? "received" : kind == 0 ? "sent" : "worked on item " + event);
        }
    }

    private void write(Writer out, int host, String event) throws IOException {
        out.append("host-").append(String.valueOf(host)).append(" {");
        String comma = "";
        for (int i = 0; i < clocks.length; i++) {
            if (clocks[host][i] > 0) {
                out.append(comma).append("\"host-").append(String.valueOf(i)).append("\":");
                out.append(String.valueOf(clocks[host][i]));
                comma = ", ";
            }
        }
        out.append("}\n").append(event).append('\n');
    }
}
