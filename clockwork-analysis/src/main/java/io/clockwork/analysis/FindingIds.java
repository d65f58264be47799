package io.clockwork.analysis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ids of findings that stay when code moves within a file: a hash of the variables and of the sites without their line
 * numbers, whoever came first.
 */
final class FindingIds {
    private static final Pattern LINE = Pattern.compile(":\\d+$");
    private static final int BYTES = 8;

    private FindingIds() {}

    static String of(Race race) {
        return id("race", List.of(race.variable()), Stream.of(race.first(), race.second()));
    }

    static String of(AtomicityViolation violation) {
        List<String> variables = violation.steps().stream()
                .map(AtomicityViolation.Step::variable)
                .toList();
        return id("atomicity", variables, violation.steps().stream().map(AtomicityViolation.Step::access));
    }

    static String of(UnsafePublication publication) {
        return id(
                "publication",
                List.of(publication.reference(), publication.content()),
                Stream.of(publication.written(), publication.published(), publication.seen(), publication.read()));
    }

    static String of(Deadlock deadlock) {
        return hash(
                "deadlock",
                deadlock.sides().stream()
                        .map(side -> file(side.site()) + '\n' + side.lock())
                        .sorted());
    }

    private static String id(String kind, List<String> variables, Stream<Access> accesses) {
        Stream<String> sites = accesses.map(access -> file(access.site())).sorted();
        return hash(kind, Stream.concat(variables.stream().sorted(), sites));
    }

    private static String file(String site) {
        return LINE.matcher(site).replaceFirst("");
    }

    private static String hash(String kind, Stream<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return kind + '-' + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
