package io.clockwork.analysis.cli.browse;

/** What colours say: how sure, how bad, what it is about. */
enum Tone {
    PLAIN,
    STRONG,
    FAINT,
    BAD,
    UNSURE,
    MILD
}
