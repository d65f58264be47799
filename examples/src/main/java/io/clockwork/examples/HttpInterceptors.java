package io.clockwork.examples;

import com.sun.net.httpserver.HttpExchange;
import io.clockwork.AtomicVectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.text.TextCodec;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Clocks on the HTTP server and client of the JDK: one statement for each of the four places. */
public final class HttpInterceptors {
    private final TextCodec codec = TextCodec.create();
    private final AtomicVectorClock clock;

    /** Creates the interceptors of the service that {@code clock} belongs to. */
    public HttpInterceptors(AtomicVectorClock clock) {
        this.clock = clock;
    }

    /** Stamps a request on its way out. */
    public HttpRequest.Builder outgoing(HttpRequest.Builder request) {
        codec.inject(clock.send(), request, HttpRequest.Builder::setHeader);
        return request;
    }

    /** Learns from a request that came in. {@return the timestamp of its receipt} */
    public VectorTimestamp incoming(HttpExchange exchange) {
        return received(
                codec.extract(exchange, (e, name) -> e.getRequestHeaders().getFirst(name)));
    }

    /** Stamps the response to it; to be called before the exchange sends its headers. */
    public void answering(HttpExchange exchange) {
        codec.inject(
                clock.send(),
                exchange,
                (e, name, value) -> e.getResponseHeaders().set(name, value));
    }

    /** Learns from a response that came back. {@return the timestamp of its receipt} */
    public VectorTimestamp answered(HttpResponse<?> response) {
        return received(codec.extract(
                response, (r, name) -> r.headers().firstValue(name).orElse(null)));
    }

    private VectorTimestamp received(Optional<VectorTimestamp> message) {
        return message.map(clock::receive).orElseGet(clock::tick);
    }
}
