package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderCodec;
import io.clockwork.VectorTimestamp;
import io.clockwork.text.TextCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The JDK's client against the JDK's server over HTTP/1.1, and against Jetty over HTTP/2. */
class HttpInterceptorsTest {
    @Nested
    class Http1 extends HttpContract {
        Http1() {
            super(HttpClient.Version.HTTP_1_1);
        }

        @Override
        Service start(String node, HeaderCodec<String> codec, Work work) throws IOException {
            AtomicVectorClock clock = AtomicVectorClock.of(node);
            HttpInterceptors interceptors = new HttpInterceptors(clock, codec);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            HttpService service =
                    new HttpService(clock, interceptors, server.getAddress().getPort()) {
                        @Override
                        public void close() {
                            server.stop(0);
                        }
                    };
            server.createContext("/", exchange -> {
                int status = 500;
                try {
                    work.perform(service, interceptors.incoming(exchange));
                    interceptors.answering(exchange);
                    status = 204;
                } catch (Exception e) {
                    throw new IOException(e);
                } finally {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                }
            });
            server.start();
            return service;
        }
    }

    @Nested
    class Http2 extends HttpContract {
        private final Set<String> names = new ConcurrentSkipListSet<>();

        Http2() {
            super(HttpClient.Version.HTTP_2);
        }

        @Override
        HttpService start(String node, HeaderCodec<String> codec, Work work) throws Exception {
            AtomicVectorClock clock = AtomicVectorClock.of(node);
            Server server = new Server();
            HttpConfiguration config = new HttpConfiguration();
            ServerConnector connector = new ServerConnector(
                    server, 1, 1, new HttpConnectionFactory(config), new HTTP2CServerConnectionFactory(config));
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            HttpService[] service = new HttpService[1];
            server.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) throws Exception {
                    if (!request.getHttpURI().getPath().equals("/upgrade")) {
                        assertThat(request.getConnectionMetaData().getHttpVersion())
                                .isEqualTo(HttpVersion.HTTP_2);
                        // As servers have it that compare names as they are.
                        Map<String, String> headers = new HashMap<>();
                        for (HttpField field : request.getHeaders()) {
                            headers.put(field.getName(), field.getValue());
                        }
                        names.addAll(headers.keySet());
                        VectorTimestamp received = codec.receive(clock, headers, Map::get);
                        work.perform(service[0], received);
                        codec.inject(clock.send(), response.getHeaders(), HttpFields.Mutable::put);
                    }
                    response.setStatus(204);
                    callback.succeeded();
                    return true;
                }
            });
            server.start();
            service[0] = new HttpService(clock, new HttpInterceptors(clock, codec), connector.getLocalPort()) {
                @Override
                public void close() {
                    LifeCycle.stop(server);
                }
            };
            // The first request of a connection asks for HTTP/2 in HTTP/1.1.
            send(HttpRequest.newBuilder(service[0].uri.resolve("/upgrade")));
            return service[0];
        }

        @AfterEach
        void namesCameInLowerCase() {
            assertThat(names).contains("x-causality-vector").noneMatch(name -> name.matches(".*[A-Z].*"));
        }
    }

    abstract static class HttpContract extends CounterpartContract<String> {
        private final HttpClient client;

        HttpContract(HttpClient.Version version) {
            client = HttpClient.newBuilder().version(version).build();
        }

        @Override
        HeaderCodec<String> codec() {
            return TextCodec.create();
        }

        @Override
        String garbage() {
            return "shop=1,stock=minus one";
        }

        @Override
        void callFromOutside(Service to, String header, String value) throws Exception {
            send(HttpRequest.newBuilder(((HttpService) to).uri).setHeader(header, value));
        }

        HttpResponse<Void> send(HttpRequest.Builder request) throws Exception {
            HttpResponse<Void> response = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.version()).isEqualTo(client.version());
            return response;
        }

        abstract class HttpService extends Service {
            final URI uri;
            private final HttpInterceptors interceptors;

            HttpService(AtomicVectorClock clock, HttpInterceptors interceptors, int port) {
                super(clock);
                this.interceptors = interceptors;
                uri = URI.create("http://127.0.0.1:" + port + "/");
            }

            @Override
            void call(Service to) throws Exception {
                interceptors.answered(send(interceptors.outgoing(HttpRequest.newBuilder(((HttpService) to).uri))));
            }
        }
    }
}
