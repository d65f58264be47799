package io.clockwork.text;

import io.clockwork.testing.GoldenCases;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs what was observed of the crate's text codec: each outcome is equal, or differs by a rule of WIRE.md. */
class TextConformanceTest {
    private static final Map<String, GoldenCases.Check> OPS = Map.of(
            "text.inject_lamport", CrateWriting::injectLamport,
            "text.inject_vector", CrateWriting::injectVector,
            "text.inject_vector.series", CrateWriting::injectSeries,
            "text.inject_event", CrateWriting::injectEvent,
            "text.extract_lamport", CrateReading::extractLamport,
            "text.extract_vector", CrateReading::extractVector,
            "text.extract_event", CrateReading::extractEvent,
            "TracedEvent.from_headers", CrateReading::extractEvent,
            "TracedEvent.with_id", CrateWriting::newEvent,
            "LamportTimestamp.parse", CrateReading::parseLamport);

    @Test
    void textFormsAgreeWithTheCrateOrDifferByARule() {
        GoldenCases.check(OPS.keySet(), golden -> OPS.get(golden.op()).differs(golden));
    }
}
