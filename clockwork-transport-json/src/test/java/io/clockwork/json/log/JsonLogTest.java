package io.clockwork.json.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recorder;
import io.clockwork.record.Recording;
import io.clockwork.record.Scope;
import io.clockwork.record.TrackedAtomicLong;
import io.clockwork.record.Variable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLogTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String HEADER = "\n{\"clockwork\":\"events\",\"version\":1,\"node\":\"bank\",\"run\":\"r1\","
            + "\"start\":\"1970-01-01T00:00:01Z\",\"timed\":true}\n";
    private static final String TASK = "{\"task\":0,\"trace\":0,\"name\":\"transfer\"}\n";

    @TempDir
    Path directory;

    private static String event(int sequence) {
        return "{\"task\":0,\"seq\":" + sequence + ",\"kind\":\"WRITE\",\"subject\":\"x\",\"nanos\":5}\n";
    }

    private static JsonLog read(String... files) throws IOException {
        JsonLogReader reader = JsonLogReader.create();
        for (int i = 0; i < files.length; i++) {
            reader.read("file" + i, new ByteArrayInputStream(files[i].getBytes(UTF_8)));
        }
        return reader.log();
    }

    private static List<Integer> sequences(JsonLog log) {
        return log.recordings().get(0).tasks().get(0).events().stream()
                .map(event -> event.dot().sequence())
                .toList();
    }

    @Nested
    class WhatWasWritten {
        @Test
        @SuppressWarnings("try") // the scope is there to be closed
        void isReadBackAsItWasInMemory() throws Exception {
            Path file = directory.resolve("bank.jsonl");
            Recorder recorder = Recorder.builder("bank \"1\"")
                    .captureSites()
                    .sink(JsonLogSink.to(file))
                    .build();
            ExecutorService pool = recorder.wrap(Executors.newFixedThreadPool(3));
            Variable x = recorder.variable("x");
            Instant before = Instant.now();
            try (Scope scope = recorder.openTrace("two\nlines, \uD83D\uDE00")) {
                List<Future<?>> futures = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    int value = i;
                    futures.add(pool.submit(() -> x.write(value)));
                }
                for (Future<?> future : futures) {
                    future.get();
                }
                List<Object> values = List.of(
                        "text",
                        true,
                        'c',
                        '\uD800',
                        1.5,
                        Double.NaN,
                        2.5f,
                        (short) 3,
                        (byte) 4,
                        Integer.valueOf(5),
                        EventKind.READ,
                        "\u2028<");
                values.forEach(value -> x.write(value));
                TrackedAtomicLong hits = recorder.atomicLong("hits", 0);
                hits.setOpaque(1 + hits.getAcquire());
                hits.lazySet(hits.getPlain());
                hits.weakCompareAndSetPlain(1, 2);
                recorder.variable("unwritten").read(null);
            }
            pool.shutdown();
            x.write(1); // outside of any task
            recorder.join(recorder.fork("never run"));
            assertThat(recorder.close(LONG)).isTrue();

            JsonLog log = JsonLogReader.readAll(JsonLogReader.files(file));
            assertThat(log.malformed() + log.incomplete() + log.duplicates() + log.missing() + log.lost())
                    .isZero();
            Recording read = log.recordings().get(0);
            Recording held = recorder.recording();
            assertThat(log.recordings()).hasSize(1);
            assertThat(read.node()).isEqualTo(held.node());
            assertThat(read.misuses()).isEqualTo(held.misuses());
            assertThat(read.tasks()).hasSameSizeAs(held.tasks());
            long shift = read.tasks().get(0).events().get(0).nanos()
                    - held.tasks().get(0).events().get(0).nanos();
            for (int i = 0; i < read.tasks().size(); i++) {
                assertSame(read.tasks().get(i), held.tasks().get(i), shift);
            }
            Instant first =
                    Instant.ofEpochSecond(0, read.tasks().get(0).events().get(0).nanos());
            assertThat(first).isBetween(before.minusSeconds(1), before.plusSeconds(60));
        }

        private static void assertSame(RecordedTask read, RecordedTask held, long shift) {
            assertThat(read.id()).isEqualTo(held.id());
            assertThat(read.name()).isEqualTo(held.name());
            assertThat(read.trace()).isEqualTo(held.trace());
            assertThat(read.traceId()).isEqualTo(held.traceId());
            assertThat(read.origin()).isEqualTo(held.origin());
            assertThat(read.isUnlinked()).isEqualTo(held.isUnlinked());
            assertThat(read.evicted()).isEqualTo(held.evicted());
            assertThat(read.events()).hasSameSizeAs(held.events());
            for (int i = 0; i < read.events().size(); i++) {
                RecordedEvent event = held.events().get(i);
                assertThat(read.events().get(i))
                        .isEqualTo(new RecordedEvent(
                                event.dot(),
                                event.kind(),
                                event.order(),
                                event.subject(),
                                event.cause(),
                                event.value(),
                                event.site(),
                                event.nanos() + shift,
                                event.message()));
            }
        }

        @Test
        void isOneLineAnEvent() throws IOException {
            Path file = directory.resolve("bank.jsonl");
            Recorder recorder = Recorder.builder("bank")
                    .withoutTimes()
                    .sink(JsonLogSink.to(file))
                    .build();
            recorder.fork("transfer").run(() -> recorder.variable("alice").write(900));
            assertThat(recorder.close(LONG)).isTrue();
            List<String> lines = Files.readAllLines(file);
            String thread = Thread.currentThread().getName();
            String trace = recorder.recording().tasks().get(0).traceId();
            assertThat(lines.get(0)).isEmpty();
            assertThat(lines.get(1))
                    .matches("\\{\"clockwork\":\"events\",\"version\":1,\"node\":\"bank\",\"run\":\"[0-9a-f-]{36}\","
                            + "\"start\":\"[-0-9T:.]+Z\",\"timed\":false}");
            assertThat(lines.subList(2, lines.size()))
                    .containsExactly(
                            "{\"task\":0,\"trace\":0,\"traceId\":\"" + trace + "\",\"name\":\"transfer\"}",
                            "{\"task\":0,\"seq\":1,\"kind\":\"RESUME\",\"subject\":\"" + thread + "\"}",
                            "{\"task\":0,\"seq\":2,\"kind\":\"WRITE\",\"subject\":\"alice\",\"thread\":\"" + thread
                                    + "\",\"value\":900}");
        }

        @Test
        void tellsTheOrderOfAnAtomicAccessIfItIsNotTheUsualOne() throws IOException {
            Path file = directory.resolve("bank.jsonl");
            Recorder recorder = Recorder.builder("bank")
                    .withoutTimes()
                    .sink(JsonLogSink.to(file))
                    .build();
            TrackedAtomicLong hits = recorder.atomicLong("hits", 0);
            recorder.fork("task").run(() -> {
                hits.set(1);
                hits.getPlain();
                hits.setOpaque(2);
            });
            assertThat(recorder.close(LONG)).isTrue();
            assertThat(Files.readAllLines(file))
                    .filteredOn(line -> line.contains("hits"))
                    .extracting(line -> line.replaceAll("\"(task|seq|subject|thread)\":[^,]*,", ""))
                    .containsExactly(
                            "{\"kind\":\"ATOMIC_WRITE\",\"value\":1}",
                            "{\"kind\":\"READ\",\"value\":1}",
                            "{\"kind\":\"ATOMIC_WRITE\",\"value\":2,\"order\":\"OPAQUE\"}");
        }

        @Test
        void tellsWhatTheRecorderDropped() throws IOException {
            Path file = directory.resolve("bank.jsonl");
            Recorder recorder = Recorder.builder("bank")
                    .maxEvents(4)
                    .sink(JsonLogSink.to(file))
                    .build();
            recorder.fork("much").run(() -> {
                for (int i = 0; i < 100_000; i++) {
                    recorder.variable("x").write(i);
                }
            });
            assertThat(recorder.close(LONG)).isTrue();
            assertThat(recorder.recording().dropped()).isPositive();
            JsonLog log = JsonLogReader.readAll(List.of(file));
            assertThat(log.recordings().get(0).dropped())
                    .isEqualTo(recorder.recording().dropped());
            assertThat(log.missing()).isZero();
        }

        @Test
        void hasAtMostAMegabyteALineWhateverTheProgramRecords() throws IOException {
            Path file = directory.resolve("bank.jsonl");
            Recorder recorder =
                    Recorder.builder("bank").sink(JsonLogSink.to(file)).build();
            String huge = "\u0001".repeat(5_000_000);
            recorder.fork("name " + huge).run(() -> recorder.variable(huge).write(huge));
            assertThat(recorder.close(LONG)).isTrue();
            assertThat(Files.size(file)).isLessThan(1 << 20);
            JsonLog log = JsonLogReader.readAll(List.of(file));
            assertThat(log.malformed()).isZero();
            RecordedEvent event =
                    log.recordings().get(0).tasks().get(0).events().get(1);
            assertThat(event.value()).asString().hasSize(16_384).endsWith("\u2026");
        }
    }

    @Nested
    class Reading {
        @Test
        void skipsAndCountsAnIncompleteLastLine() throws IOException {
            String whole = HEADER + TASK + event(1) + event(2);
            for (int length = HEADER.length() + 1; length < whole.length(); length++) {
                JsonLog log = read(whole.substring(0, length));
                assertThat(log.malformed()).isZero();
                assertThat(log.incomplete()).isEqualTo(whole.charAt(length - 1) == '\n' ? 0 : 1);
            }
            assertThat(sequences(read(whole + event(3).stripTrailing()))).containsExactly(1, 2);
        }

        @Test
        void countsWhatCannotBeUsedAndSaysWhy() throws IOException {
            JsonLog log = read(HEADER
                    + TASK
                    + event(1)
                    + "{\"task\":0,\n"
                    + "{\"task\":0,\"seq\":0,\"kind\":\"READ\",\"subject\":\"x\",\"nanos\":1}\n"
                    + "{\"task\":0,\"seq\":2,\"kind\":\"THINK\",\"subject\":\"x\",\"nanos\":1}\n"
                    + "{\"task\":0,\"seq\":2,\"kind\":\"READ\",\"nanos\":1}\n"
                    + "{\"task\":0,\"seq\":2,\"kind\":\"READ\",\"subject\":\"x\"}\n"
                    + "{\"task\":0,\"seq\":2,\"kind\":\"READ\",\"subject\":\"x\",\"nanos\":9223372036854775807}\n"
                    + "{\"task\":0,\"seq\":2,\"kind\":\"READ\",\"subject\":\"x\",\"nanos\":1,\"value\":{\"int\":\"x\"}}\n"
                    + "{\"other\":1}\n"
                    + "\"" + "x".repeat(1 << 20) + "\"\n"
                    + event(4));
            assertThat(log.malformed()).isEqualTo(9);
            assertThat(log.faults()).hasSize(9);
            assertThat(log.faults().get(1)).hasToString("file0: line 6: seq must be from 1 to 2147483647, was 0");
            assertThat(log.faults().get(8)).hasToString("file0: line 13: is longer than 1048576 bytes");
            assertThat(sequences(log)).containsExactly(1, 4);
            assertThat(log.missing()).isEqualTo(2);
        }

        @Test
        void takesFilesInAnyOrderAndEventsOnce() throws IOException {
            String first = HEADER + TASK + event(1) + event(2);
            String second = HEADER + TASK + event(3) + event(2);
            JsonLog log = read(second, first, second);
            assertThat(sequences(log)).containsExactly(1, 2, 3);
            assertThat(log.duplicates()).isEqualTo(3);
            assertThat(log.missing()).isZero();
            assertThat(log.recordings().get(0).tasks().get(0).events().get(0).nanos())
                    .isEqualTo(1_000_000_005);
        }

        @Test
        void tellsRunsAndServicesApart() throws IOException {
            String other = HEADER.replace("r1", "r2");
            String service = HEADER.replace("bank", "shop");
            JsonLog log = read(HEADER + TASK + event(1) + other + TASK + event(1), service + TASK + event(1));
            assertThat(log.recordings()).extracting(Recording::node).containsExactly("bank", "bank", "shop");
            assertThat(log.duplicates()).isZero();
        }

        @Test
        void givesATaskThatNoLineDescribesATraceOfItsOwn() throws IOException {
            JsonLog log = read(HEADER + event(1));
            RecordedTask task = log.recordings().get(0).tasks().get(0);
            assertThat(task.name()).isEqualTo("task 0");
            assertThat(task.trace()).isNegative();
        }

        @Test
        void readsWhatOtherServicesKnowATraceAndAMessageBy() throws IOException {
            String id = "4bf92f3577b34da6a3ce929d0e0e4736";
            String task = TASK.replace("\"name\"", "\"traceId\":\"" + id + "\",\"name\"");
            String send = event(1).replace("\"nanos\"", "\"message\":\"" + id + "-00f067aa0ba902b7\",\"nanos\"");
            RecordedTask read =
                    read(HEADER + task + send).recordings().get(0).tasks().get(0);
            assertThat(read.traceId()).isEqualTo(id);
            assertThat(read.events().get(0).message()).hasToString(id + "-00f067aa0ba902b7");
            assertThat(read(HEADER + task + send.replace("-00f", "+00f")).faults())
                    .singleElement()
                    .asString()
                    .contains("a message id is 32 hexadecimal digits");
        }

        @Test
        void readsTheOrderOfAMemoryAccessAndOfNothingElse() throws IOException {
            String line =
                    "{\"task\":0,\"seq\":1,\"kind\":\"ATOMIC_UPDATE\",\"subject\":\"x\",\"order\":\"ACQUIRE\",\"nanos\":5}\n";
            RecordedTask task =
                    read(HEADER + TASK + line).recordings().get(0).tasks().get(0);
            assertThat(task.events()).extracting(RecordedEvent::order).containsExactly(MemoryOrder.ACQUIRE);
            assertThat(read(HEADER + TASK + line.replace("ATOMIC_UPDATE", "ACQUIRE"))
                            .faults())
                    .singleElement()
                    .hasToString(
                            "file0: line 4: order must be null for ACQUIRE, which is no memory access, was ACQUIRE");
            assertThat(read(HEADER + TASK + line.replace("\"order\":\"ACQUIRE\"", "\"order\":\"LOOSE\""))
                            .faults())
                    .singleElement()
                    .hasToString("file0: line 4: order must be PLAIN, OPAQUE, ACQUIRE, RELEASE or VOLATILE");
        }

        @Test
        void ignoresMembersItDoesNotKnow() throws IOException {
            JsonLog log = read(HEADER + TASK + event(1).replace("\"nanos\"", "\"later\":{\"a\":[1]},\"nanos\""));
            assertThat(log.malformed()).isZero();
            assertThat(sequences(log)).containsExactly(1);
        }

        @Test
        void takesGzipEvenCut() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write((HEADER + TASK + event(1)).getBytes(UTF_8));
            }
            Path whole = Files.write(directory.resolve("a.gz"), bytes.toByteArray());
            assertThat(sequences(JsonLogReader.readAll(List.of(whole)))).containsExactly(1);
            byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);
            Path cut = Files.write(directory.resolve("b.gz"), half);
            assertThat(JsonLogReader.readAll(List.of(cut)).incomplete()).isEqualTo(1);
        }

        @Test
        void takesAFileThatAKilledProcessHadJustBegun() throws IOException {
            JsonLog log = read(HEADER + TASK + event(1), "");
            assertThat(log.incomplete()).isEqualTo(1);
            assertThat(sequences(log)).containsExactly(1);
            assertThat(read(HEADER + TASK + event(1), HEADER.substring(0, 9)).incomplete())
                    .isEqualTo(1);
        }

        @Test
        void refusesWhatIsNoEventLog() {
            assertThatThrownBy(() -> read("hello\n"))
                    .isInstanceOf(JsonLogException.class)
                    .hasMessageStartingWith("file0: line 1: is no event log: ");
            assertThatThrownBy(() -> read(event(1))).hasMessageContaining("a header must come first");
            assertThatThrownBy(() -> read("")).hasMessageContaining("holds no line");
            assertThatThrownBy(() -> read(HEADER.replace("\"version\":1", "\"version\":2")))
                    .hasMessage("file0: line 2: version must be at most 1, was 2; use a newer reader");
            assertThatThrownBy(() -> read(HEADER.replace("1970-01-01T00:00:01Z", "yesterday")))
                    .isInstanceOf(JsonLogException.class);
        }
    }
}
