package io.clockwork.fuzz;

/** What is fuzzed. */
enum Target {
    TEXT("text", TextFuzz.class),
    BINARY("binary", BinaryFuzz.class),
    JSON("json", JsonFuzz.class),
    JSON_SCANNER("json-scanner", JsonScannerFuzz.class),
    LOG("log", LogFuzz.class);

    private final String corpus;
    private final Class<?> type;

    Target(String corpus, Class<?> type) {
        this.corpus = corpus;
        this.type = type;
    }

    /** {@return the folder of the inputs to start from} */
    String corpus() {
        return corpus;
    }

    /** {@return the class whose {@code fuzzerTestOneInput} takes them} */
    Class<?> type() {
        return type;
    }
}
