package io.nucleon.trigger.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.loop.EventLoops;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * An address where connections are taken, and what every loop keeps of them. One channel accepts and spreads connections over the loops in
 * turn: with a listening socket a loop (SO_REUSEPORT) the kernel spreads by hash, which leaves loops idle when a few clients keep their
 * connections, as load balancers do.
 *
 * <p>A request is handled on the loop of its connection from first to last byte. Safe for many threads.
 */
@SuppressWarnings("ReferenceEquality") // identity is meant
final class HttpListener {

    /** nuclio's server asks for what the system allows; this many may wait to be accepted. */
    private static final int BACKLOG = 4096;

    /** Null if it takes a socket that listens already. */
    private final InetSocketAddress wanted;

    private final int descriptor;
    private final EventLoops eventLoops;
    private final Clock clock;
    private final TimeLimits limits;
    private final Mounts mounts;
    private final Complaints complaints;

    private List<HttpLoop> loops = List.of();
    private Channel channel;
    private String address = "";

    HttpListener(InetSocketAddress wanted, EventLoops eventLoops, Clock clock, TimeLimits limits, Mounts mounts) {
        this(wanted, -1, eventLoops, clock, limits, mounts);
    }

    /**
     * One that takes connections of a socket which this process was started with. Others may take of the same one: when this listener ends,
     * connections that wait are theirs.
     */
    static HttpListener ofDescriptor(
            int descriptor, EventLoops eventLoops, Clock clock, TimeLimits limits, Mounts mounts) {
        return new HttpListener(null, descriptor, eventLoops, clock, limits, mounts);
    }

    private HttpListener(
            InetSocketAddress wanted,
            int descriptor,
            EventLoops eventLoops,
            Clock clock,
            TimeLimits limits,
            Mounts mounts) {
        this.wanted = wanted;
        this.descriptor = descriptor;
        this.eventLoops = eventLoops;
        this.clock = clock;
        this.limits = limits;
        this.mounts = mounts;
        this.complaints = new Complaints(clock);
    }

    /** @throws NucleonException NUC-5001 if the address can't be had */
    synchronized void start() {
        loops = IntStream.range(0, eventLoops.count())
                .mapToObj(eventLoops::loop)
                .map(loop -> new HttpLoop(this, loop, eventLoops.passOf(loop)))
                .toList();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops.loop(0), eventLoops.group())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Starter());
        ChannelFuture bound = (wanted == null ? adopt(bootstrap) : bind(bootstrap)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.forEach(HttpLoop::stop);
            throw notBound(bound.cause());
        }
        channel = bound.channel();
        address = urlOf((InetSocketAddress) channel.localAddress());
    }

    private ChannelFuture bind(ServerBootstrap bootstrap) {
        return bootstrap
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .bind(wanted);
    }

    /** It listens already and doesn't block, as who made it has seen to. */
    private ChannelFuture adopt(ServerBootstrap bootstrap) {
        return bootstrap
                .channelFactory(() -> new EpollServerSocketChannel(descriptor))
                .register();
    }

    private NucleonException notBound(Throwable cause) {
        if (wanted == null) {
            return ErrorMessage.of(
                            ErrorCode.PORT_TAKEN,
                            "the socket that this process was started with can't be listened on",
                            String.valueOf(cause.getMessage()),
                            "start it by nucleon deploy")
                    .toException(cause);
        }
        int port = wanted.getPort();
        boolean inUse = String.valueOf(cause.getMessage()).contains("in use");
        Optional<String> owner = inUse ? PortOwner.describe(wanted) : Optional.empty();
        return new ErrorMessage(
                        ErrorCode.PORT_TAKEN,
                        "port " + port + (inUse ? " is taken" : " can't be listened on"),
                        owner.orElse(String.valueOf(cause.getMessage())),
                        List.of("choose another port, for instance --port " + (port < 65_000 ? port + 1 : 8085)
                                + "; --port 0 picks a free one"))
                .toException(cause);
    }

    /** Gives each new connection its handlers. Runs on the connection's loop. */
    private final class Starter extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel connection) {
            HttpLoop loop = loopOf(connection.eventLoop());
            RequestDecoder decoder = new RequestDecoder(HttpListener.this);
            Http1Channel reader = new Http1Channel(loop, decoder);
            decoder.feeds(reader);
            connection.pipeline().addLast(decoder, reader);
        }
    }

    private HttpLoop loopOf(EventLoop eventLoop) {
        for (HttpLoop loop : loops) {
            if (loop.eventLoop() == eventLoop) {
                return loop;
            }
        }
        throw new IllegalStateException("a connection is on a loop that is not the listener's");
    }

    /** Takes no new connections; done when every request that was given has been answered. */
    synchronized CompletionStage<Void> drain() {
        close();
        return CompletableFuture.allOf(loops.stream().map(HttpLoop::drain).toArray(CompletableFuture[]::new));
    }

    /** Closes every connection. */
    synchronized void stop() {
        close();
        loops.forEach(HttpLoop::stop);
    }

    /** Takes no more connections; those that are open stay, and are counted by {@link #openChannels} when this returns. Not on a loop. */
    synchronized void retire() {
        close();
        // What was accepted last may wait to be registered with its loop.
        loops.forEach(loop -> loop.eventLoop().submit(() -> {}).awaitUninterruptibly());
    }

    private void close() {
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
    }

    /** {@code http://127.0.0.1:8080}, empty before it is started. */
    synchronized String address() {
        return address;
    }

    private static String urlOf(InetSocketAddress bound) {
        String host = bound.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : bound.getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort();
    }

    /** Connections now open; for tests and figures. */
    int openChannels() {
        return loops.stream().mapToInt(HttpLoop::channels).sum();
    }

    Clock clock() {
        return clock;
    }

    TimeLimits limits() {
        return limits;
    }

    Mounts mounts() {
        return mounts;
    }

    Complaints complaints() {
        return complaints;
    }
}
