package io.clockwork.examples;

import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderCodec;
import io.clockwork.VectorTimestamp;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.function.Function;

/**
 * Clocks on gRPC calls, in ASCII or in binary metadata.
 *
 * <p>A call is stamped when it starts. Its answer is stamped twice: in its headers, which reach the client before the
 * first message does, and in its trailers, which tell of everything that the server did, failures included.
 *
 * @param <V> the metadata's value: {@code String} or {@code byte[]}
 */
public final class GrpcInterceptors<V> implements ClientInterceptor, ServerInterceptor {
    /** Where a server's method finds the timestamp of the receipt of its call. */
    public static final Context.Key<VectorTimestamp> RECEIVED = Context.key("clockwork.received");

    private final AtomicVectorClock clock;
    private final HeaderCodec<V> codec;
    private final Function<String, Metadata.Key<V>> keys;

    private GrpcInterceptors(AtomicVectorClock clock, HeaderCodec<V> codec, Function<String, Metadata.Key<V>> keys) {
        this.clock = clock;
        this.codec = codec;
        this.keys = keys;
    }

    /** {@return the interceptors of the service that {@code clock} belongs to, over text; of servers, lenient} */
    public static GrpcInterceptors<String> ascii(AtomicVectorClock clock, HeaderCodec<String> codec) {
        return new GrpcInterceptors<>(clock, codec, name -> Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    /** {@return as {@link #ascii}, over bytes, whose names must end in {@code -bin}} */
    public static GrpcInterceptors<byte[]> binary(AtomicVectorClock clock, HeaderCodec<byte[]> codec) {
        return new GrpcInterceptors<>(clock, codec, name -> Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER));
    }

    private void stamp(Metadata metadata) {
        codec.inject(clock.send(), metadata, (m, name, value) -> {
            m.discardAll(keys.apply(name));
            m.put(keys.apply(name), value);
        });
    }

    private VectorTimestamp receive(Metadata metadata) {
        return codec.receive(clock, metadata, (m, name) -> m.get(keys.apply(name)));
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                stamp(headers);
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onHeaders(Metadata headers) {
                                receive(headers);
                                super.onHeaders(headers);
                            }

                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                receive(trailers);
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ServerCall<Q, A> stamping = new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata headers) {
                stamp(headers);
                super.sendHeaders(headers);
            }

            @Override
            public void close(Status status, Metadata trailers) {
                stamp(trailers);
                super.close(status, trailers);
            }
        };
        return Contexts.interceptCall(Context.current().withValue(RECEIVED, receive(headers)), stamping, headers, next);
    }
}
