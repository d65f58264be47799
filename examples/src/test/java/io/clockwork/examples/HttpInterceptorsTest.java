package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityRelation;
import io.clockwork.VectorTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpInterceptorsTest {
    @Test
    void causalityCrossesARealServerAndComesBack() throws Exception {
        AtomicVectorClock server = AtomicVectorClock.of("billing");
        HttpInterceptors onServer = new HttpInterceptors(server);
        CompletableFuture<VectorTimestamp> received = new CompletableFuture<>();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            received.complete(onServer.incoming(exchange));
            onServer.answering(exchange);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        http.start();
        try {
            AtomicVectorClock client = AtomicVectorClock.of("orders");
            HttpInterceptors onClient = new HttpInterceptors(client);
            VectorTimestamp before = client.tick();
            URI uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
            HttpResponse<Void> response = HttpClient.newHttpClient()
                    .send(
                            onClient.outgoing(HttpRequest.newBuilder(uri)).build(),
                            HttpResponse.BodyHandlers.discarding());
            VectorTimestamp after = onClient.answered(response);

            assertThat(before.compare(received.get())).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
            assertThat(received.get().compare(after)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
            assertThat(after).hasToString("billing=2,orders=3");
            assertThat(server.timestamp()).hasToString("billing=2,orders=2");
        } finally {
            http.stop(0);
        }
    }
}
