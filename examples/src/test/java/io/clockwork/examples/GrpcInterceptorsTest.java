package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderCodec;
import io.clockwork.VectorTimestamp;
import io.clockwork.binary.BinaryCodec;
import io.clockwork.text.TextCodec;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** gRPC's client against its server, over a connection. */
class GrpcInterceptorsTest {
    @Nested
    class Ascii extends GrpcContract<String> {
        @Override
        HeaderCodec<String> codec() {
            return TextCodec.create();
        }

        @Override
        String garbage() {
            return "shop=1,stock=minus one";
        }

        @Override
        GrpcInterceptors<String> interceptors(AtomicVectorClock clock, HeaderCodec<String> codec) {
            return GrpcInterceptors.ascii(clock, codec);
        }

        @Override
        Metadata.Key<String> key(String header) {
            return Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER);
        }
    }

    @Nested
    class Binary extends GrpcContract<byte[]> {
        @Override
        HeaderCodec<byte[]> codec() {
            return BinaryCodec.grpc();
        }

        @Override
        byte[] garbage() {
            return new byte[] {(byte) 0xc1};
        }

        @Override
        GrpcInterceptors<byte[]> interceptors(AtomicVectorClock clock, HeaderCodec<byte[]> codec) {
            return GrpcInterceptors.binary(clock, codec);
        }

        @Override
        Metadata.Key<byte[]> key(String header) {
            return Metadata.Key.of(header, Metadata.BINARY_BYTE_MARSHALLER);
        }
    }

    abstract static class GrpcContract<V> extends CounterpartContract<V> {
        private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                return new byte[0];
            }
        };

        private static final MethodDescriptor<byte[], byte[]> METHOD = MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("clockwork.Example/Call")
                .build();

        abstract GrpcInterceptors<V> interceptors(AtomicVectorClock clock, HeaderCodec<V> codec);

        abstract Metadata.Key<V> key(String header);

        @Override
        Service start(String node, HeaderCodec<V> codec, Work work) throws Exception {
            AtomicVectorClock clock = AtomicVectorClock.of(node);
            GrpcInterceptors<V> interceptors = interceptors(clock, codec);
            GrpcService[] service = new GrpcService[1];
            ServerCalls.UnaryMethod<byte[], byte[]> method = (request, response) -> answer(work, service[0], response);
            Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .intercept(interceptors)
                    .addService(ServerServiceDefinition.builder("clockwork.Example")
                            .addMethod(METHOD, ServerCalls.asyncUnaryCall(method))
                            .build())
                    .build();
            service[0] = new GrpcService(clock, interceptors, server.start());
            return service[0];
        }

        private static void answer(Work work, GrpcService self, StreamObserver<byte[]> response) {
            try {
                work.perform(self, GrpcInterceptors.RECEIVED.get());
                response.onNext(new byte[0]);
                response.onCompleted();
            } catch (Exception e) {
                response.onError(e);
            }
        }

        @Override
        void callFromOutside(Service to, String header, V value) throws Exception {
            Metadata metadata = new Metadata();
            metadata.put(key(header), value);
            call((GrpcService) to, MetadataUtils.newAttachHeadersInterceptor(metadata), () -> {});
        }

        @Test
        void aMessageAndAFailureArriveWithTheirCauses() throws Exception {
            Queue<VectorTimestamp> received = new ConcurrentLinkedQueue<>();
            try (Service stock = start("stock", codec(), (self, at) -> received.add(at));
                    Service broken = start("broken", codec(), (self, at) -> {
                        received.add(at);
                        throw new IllegalArgumentException("this call is to fail");
                    });
                    Service shop = start("shop", codec(), (self, at) -> {})) {
                List<VectorTimestamp> atMessage = new CopyOnWriteArrayList<>();
                call(
                        (GrpcService) stock,
                        ((GrpcService) shop).interceptor,
                        () -> atMessage.add(shop.clock.timestamp()));
                assertChain(received.remove(), atMessage.get(0), shop.clock.timestamp());

                assertThatThrownBy(() -> shop.call(broken)).hasRootCauseInstanceOf(StatusRuntimeException.class);
                assertChain(received.remove(), shop.clock.timestamp());
            }
        }

        /** Calls through {@code interceptor}, over a connection of its own. */
        private static void call(GrpcService to, ClientInterceptor interceptor, Runnable onMessage) throws Exception {
            ManagedChannel channel = Grpc.newChannelBuilder(
                            "127.0.0.1:" + to.server.getPort(), InsecureChannelCredentials.create())
                    .intercept(interceptor)
                    .build();
            CompletableFuture<Void> answered = new CompletableFuture<>();
            StreamObserver<byte[]> answer = new StreamObserver<>() {
                @Override
                public void onNext(byte[] message) {
                    onMessage.run();
                }

                @Override
                public void onError(Throwable problem) {
                    answered.completeExceptionally(problem);
                }

                @Override
                public void onCompleted() {
                    answered.complete(null);
                }
            };
            try {
                ClientCalls.asyncUnaryCall(channel.newCall(METHOD, CallOptions.DEFAULT), new byte[0], answer);
                answered.get();
            } finally {
                channel.shutdownNow().awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            }
        }

        private static final class GrpcService extends Service {
            private final ClientInterceptor interceptor;
            private final Server server;

            GrpcService(AtomicVectorClock clock, ClientInterceptor interceptor, Server server) {
                super(clock);
                this.interceptor = interceptor;
                this.server = server;
            }

            @Override
            void call(Service to) throws Exception {
                GrpcContract.call((GrpcService) to, interceptor, () -> {});
            }

            @Override
            public void close() {
                try {
                    server.shutdownNow().awaitTermination();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
