package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.format.StdReader;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Races of real executions of other projects; every expected answer comes from the folder's own index. */
class StdTracesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Beyond so many events of which pairs are known by their hash alone, nothing is listed. */
    private static final int MAX_LISTED = 1_000_000;

    private int checked;
    private int equal;
    private final StringBuilder differences = new StringBuilder();

    @Test
    void allAnswersAreThoseOfBruteForce() throws IOException {
        for (Path folder : SharedData.traceFolders("one event per line: thread|op(operand)|location")) {
            JsonNode traces =
                    JSON.readTree(folder.resolve("INDEX.json").toFile()).path("traces");
            assertThat(traces).isNotEmpty();
            for (JsonNode trace : traces) {
                check(folder, trace);
            }
            SharedData.printTally(folder, checked, equal);
        }
        assertThat(differences).isEmpty();
        assertThat(checked).isPositive();
    }

    private void check(Path folder, JsonNode trace) throws IOException {
        Path file = folder.resolve(trace.path("file").asText());
        JsonNode expected = trace.path("expected");
        boolean listed = expected.path("hb").path("racyPairs").asLong() < MAX_LISTED;
        Run run = new Run(file, listed);
        Map<String, String> actual = run.answers();
        Map<String, String> wanted = new TreeMap<>();
        flatten("", expected, wanted);
        wanted.forEach((name, value) -> {
            String answer = answer(actual, name);
            if (answer != null) {
                checked++;
                if (answer.equals(value)) {
                    equal++;
                } else {
                    differences.append(
                            trace.path("name").asText() + ' ' + name + ": " + answer + ", not " + value + '\n');
                }
            }
        });
    }

    /** {@return the answer to a question of the index, or null to one that is of no concern here} */
    private static String answer(Map<String, String> actual, String name) {
        if (name.startsWith("anomalies.") || name.startsWith("hb.firstRacyEventPerVariable.")) {
            return actual.getOrDefault(name, "none");
        }
        return actual.get(name);
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        node.properties().forEach(member -> {
            String name = prefix + member.getKey();
            if (member.getValue().isObject()) {
                flatten(name + '.', member.getValue(), into);
            } else {
                into.put(name, member.getValue().asText());
            }
        });
    }

    /** One trace, once with verdicts and every pair listed, once as fast as can be. */
    private static final class Run {
        private final Map<String, String> answers = new TreeMap<>();
        private final MessageDigest pairsHash = sha256();
        private final MessageDigest eventsHash = sha256();
        private final ByteBuffer pair = ByteBuffer.allocate(8);
        private final TreeSet<Integer> earlier = new TreeSet<>();
        private int later = -1;
        private long schedulablePairs;
        private final TreeSet<Integer> schedulableEvents = new TreeSet<>();
        private final TreeSet<Integer> schedulableVariables = new TreeSet<>();
        private final StdReader reader;
        private final RaceStream stream;
        private final RaceStream plain = RaceStream.ofRacyEvents();
        private final int[] batch = new int[3 * 1000];
        private int target;

        Run(Path file, boolean listed) throws IOException {
            stream = new RaceStream(RaceEngine.Detail.VERDICTS, listed ? this::pair : null);
            try (InputStream in = SharedData.open(file)) {
                reader = new StdReader(in);
                for (int n = reader.read(batch); n > 0; n = reader.read(batch)) {
                    for (int i = 0; i < n; i += RaceStream.INTS) {
                        target = batch[i + 1];
                        boolean racy = stream.add(batch[i] & 7, batch[i] >>> 3, target, batch[i + 2]);
                        if (racy) {
                            eventsHash.update(((stream.events() - 1) + "\n").getBytes(StandardCharsets.UTF_8));
                        }
                        assertThat(plain.add(batch[i] & 7, batch[i] >>> 3, target, batch[i + 2]))
                                .isEqualTo(racy);
                    }
                }
            }
            flush();
            describe();
            if (listed) {
                answers.put("hb.racyPairsSha256", hex(pairsHash));
                answers.put("shb.racyPairs", "" + schedulablePairs);
                answers.put("shb.racyEvents", "" + schedulableEvents.size());
                answers.put("shb.racyVariables", "" + schedulableVariables.size());
            }
        }

        Map<String, String> answers() {
            return answers;
        }

        private void pair(int earlierStamp, int laterStamp, boolean certain) {
            if (laterStamp != later) {
                flush();
                later = laterStamp;
            }
            earlier.add(earlierStamp - 1);
            if (certain) {
                schedulablePairs++;
                schedulableEvents.add(laterStamp);
                schedulableVariables.add(target);
            }
        }

        private void flush() {
            for (int i : earlier) {
                pair.clear();
                pairsHash.update(pair.putInt(i).putInt(later - 1).array());
            }
            earlier.clear();
        }

        private void describe() {
            RaceEngine engine = stream.engine();
            assertThat(plain.racyVariables()).isEqualTo(stream.racyVariables());
            answers.put("events", "" + stream.events());
            answers.put("threads", "" + stream.threads());
            answers.put("threadsNamed", "" + reader.threads());
            answers.put("locks", "" + reader.locks());
            answers.put("variables", "" + reader.variables());
            answers.put("locations", "" + reader.sites());
            answers.put("hb.racyVariables", "" + stream.racyVariables());
            answers.put("hb.racyEvents", "" + stream.racyEvents());
            answers.put("hb.racyPairs", "" + stream.racyPairs());
            answers.put("hb.racyEventsSha256", hex(eventsHash));
            if (engine.firstRace() > 0) {
                answers.put("hb.firstRace.event", "" + (engine.firstRace() - 1));
                answers.put("hb.firstRace.latestPartner", "" + (engine.latestPartner() - 1));
                answers.put("hb.firstRace.earliestPartner", "" + (engine.earliestPartner() - 1));
            }
            Map<String, Integer> firstRacy = new TreeMap<>();
            for (int v = 0; v < reader.variables(); v++) {
                if (engine.firstRacy(v) > 0) {
                    firstRacy.put(reader.variable(v), engine.firstRacy(v) - 1);
                    answers.put("hb.firstRacyEventPerVariable." + reader.variable(v), "" + (engine.firstRacy(v) - 1));
                }
            }
            MessageDigest firstHash = sha256();
            firstRacy.forEach(
                    (name, event) -> firstHash.update((name + ' ' + event + '\n').getBytes(StandardCharsets.UTF_8)));
            answers.put("hb.firstRacyEventPerVariableSha256", hex(firstHash));
            for (Diagnostic diagnostic : stream.diagnostics()) {
                answers.put(
                        "anomalies." + camel(diagnostic.code()),
                        diagnostic.message().split(" ", -1)[0]);
            }
            describeSitePairs(engine);
        }

        private void describeSitePairs(RaceEngine engine) {
            TreeSet<String> sitePairs = new TreeSet<>();
            int withVariable = 0;
            TreeSet<String> withVariables = new TreeSet<>();
            for (int f = 0; f < engine.findings.size(); f++) {
                if (engine.findings.rank(f) < Race.Verdict.POSSIBLE.ordinal()) {
                    String a = reader.site(engine.findings.site(f, false));
                    String b = reader.site(engine.findings.site(f, true));
                    String sites = a.compareTo(b) <= 0 ? a + '~' + b : b + '~' + a;
                    sitePairs.add(sites);
                    withVariables.add(engine.findings.variable(f) + " " + sites);
                    withVariable++;
                }
            }
            assertThat(withVariable).isGreaterThanOrEqualTo(withVariables.size());
            MessageDigest hash = sha256();
            sitePairs.forEach(sites -> hash.update((sites + '\n').getBytes(StandardCharsets.UTF_8)));
            answers.put("hb.racyLocationPairs", "" + sitePairs.size());
            answers.put("hb.racyVariableLocationPairs", "" + withVariables.size());
            answers.put("hb.racyLocationPairsSha256", hex(hash));
        }

        private static String camel(String code) {
            StringBuilder camel = new StringBuilder();
            for (String word : code.toLowerCase(Locale.ROOT).split("_", -1)) {
                camel.append(camel.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            return camel.toString();
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        private static String hex(MessageDigest digest) {
            return String.format("%064x", new BigInteger(1, digest.digest()));
        }
    }
}
