package io.clockwork.analysis.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the page together out of its resources and its data. */
final class Page {
    private static final List<String> STYLES = List.of("base.css", "views.css", "print.css");
    /** In this order: a script may use at once what those before it define, and in its functions what any of them does. */
    private static final List<String> SCRIPTS = List.of(
            "decode.js",
            "model.js",
            "dom.js",
            "state.js",
            "filter.js",
            "virtual.js",
            "findings.js",
            "details.js",
            "overview.js",
            "races.js",
            "list.js",
            "canvas.js",
            "tree.js",
            "timeline.js",
            "causal.js",
            "path.js",
            "flame.js",
            "locks.js",
            "variables.js",
            "services.js",
            "anomalies.js",
            "shell.js");

    private Page() {}

    static String of(String title, String payload) {
        String style = STYLES.stream().map(Page::resource).collect(Collectors.joining());
        String script = SCRIPTS.stream()
                .map(Page::resource)
                .collect(Collectors.joining("", "(() => {\n'use strict';\n", "})();\n"));
        String policy = "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script)
                + "; base-uri 'none'; form-action 'none'";
        // Each mark stands once in the template; what is put in is not looked at again.
        StringBuilder page = new StringBuilder(payload.length() + style.length() + script.length() + 4096);
        String rest = resource("page.html");
        rest = fill(page, rest, "{{policy}}", policy);
        rest = fill(page, rest, "{{title}}", escaped(title));
        rest = fill(page, rest, "{{style}}", style);
        rest = fill(page, rest, "{{payload}}", payload);
        rest = fill(page, rest, "{{script}}", script);
        return page.append(rest).toString();
    }

    private static String fill(StringBuilder page, String template, String mark, String text) {
        int at = template.indexOf(mark);
        page.append(template, 0, at).append(text);
        return template.substring(at + mark.length());
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> escaped.append(String.format("\\u%04x", c));
                default -> {
                    if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'') {
                        escaped.append("&#").append(c).append(';');
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /** What the browser compares the one style and the one script with: none other is applied or run. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the page's resource " + name + " is missing: use a complete clockwork-analysis jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
