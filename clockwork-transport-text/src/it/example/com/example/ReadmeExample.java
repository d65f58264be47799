package com.example;

import io.clockwork.AtomicVectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.text.TextCodec;
import java.util.HashMap;
import java.util.Map;

/** The example of README.md, as somebody else's program. */
public final class ReadmeExample {
    private ReadmeExample() {}

    public static void main(String[] args) {
        AtomicVectorClock orders = AtomicVectorClock.of("orders");
        AtomicVectorClock billing = AtomicVectorClock.of("billing");
        TextCodec codec = TextCodec.create();

        Map<String, String> headers = new HashMap<>();
        VectorTimestamp placed = orders.send();
        codec.inject(placed, headers); // X-Causality-Vector: orders=1
        VectorTimestamp billed = billing.receive(codec.extract(headers).orElseThrow());
        VectorTimestamp packed = orders.tick(); // meanwhile, in the other service

        System.out.println(placed.compare(billed)); // HAPPENS_BEFORE: the order may have caused the bill
        System.out.println(billed.compare(packed)); // CONCURRENT: neither knew of the other

        if (!headers.get("X-Causality-Vector").equals("orders=1")
                || !placed.compare(billed).isCausal()
                || !billed.compare(packed).isConcurrent()) {
            throw new AssertionError("the comments of the example are wrong");
        }
    }
}
