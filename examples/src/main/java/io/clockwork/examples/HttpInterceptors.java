package io.clockwork.examples;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderCodec;
import io.clockwork.VectorTimestamp;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Clocks on the HTTP server and client of the JDK: one statement for each of the four places. */
public final class HttpInterceptors {
    private final AtomicVectorClock clock;
    private final HeaderCodec<String> codec;

    /** Creates the interceptors of the service that {@code clock} belongs to; of servers, with a lenient codec. */
    public HttpInterceptors(AtomicVectorClock clock, HeaderCodec<String> codec) {
        this.clock = clock;
        this.codec = codec;
    }

    /** Stamps a request on its way out. */
    public HttpRequest.Builder outgoing(HttpRequest.Builder request) {
        codec.inject(clock.send(), request, HttpRequest.Builder::setHeader);
        return request;
    }

    /** Learns from a request that came in. {@return the timestamp of its receipt} */
    public VectorTimestamp incoming(HttpExchange exchange) {
        return codec.receive(clock, exchange.getRequestHeaders(), Headers::getFirst);
    }

    /** Stamps the response to it; to be called before the exchange sends its headers. */
    public void answering(HttpExchange exchange) {
        codec.inject(clock.send(), exchange.getResponseHeaders(), Headers::set);
    }

    /** Learns from a response that came back. {@return the timestamp of its receipt} */
    public VectorTimestamp answered(HttpResponse<?> response) {
        return codec.receive(
                clock, response.headers(), (h, name) -> h.firstValue(name).orElse(null));
    }
}
