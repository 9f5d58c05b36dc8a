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
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.CloudEvents;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * The HTTP listener of a function. One channel accepts and spreads connections over the loops in turn: with a listening socket a loop
 * (SO_REUSEPORT) the kernel spreads by hash, which leaves loops idle when a few clients keep their connections, as load balancers do.
 *
 * <p>A request is handled on the loop of its connection from first to last byte. Safe for many threads.
 */
@SuppressWarnings("ReferenceEquality") // identity is meant
final class HttpTrigger implements Trigger {

    /** nuclio's server asks for what the system allows; this many may wait to be accepted. */
    private static final int BACKLOG = 4096;

    private static final String HEALTH = "/__internal/health";
    private static final String STOPPED = "{\"error\":\"Server not ready\",\"status\":\"stopped\"}\n";

    private static final String NO_CLOUD_EVENT = "Failed to wrap structured cloud event";

    private final TriggerSetting setting;
    private final HttpSetting http;
    private final Invoker invoker;
    private final TimeLimits limits;
    private final Complaints complaints;
    private final SpareHeads heads;
    /** Null without batches. */
    private final EventBatcher batcher;

    private List<HttpLoop> loops = List.of();
    private Channel listener;
    private String address = "";
    private volatile boolean draining;

    HttpTrigger(TriggerSetting setting, HttpSetting http, Invoker invoker, TimeLimits limits) {
        this.setting = setting;
        this.http = http;
        this.invoker = invoker;
        this.limits = limits;
        this.complaints = new Complaints(setting.clock());
        this.heads = new SpareHeads(setting.clock());
        this.batcher = setting.batch().size() > 0 ? new EventBatcher(this, setting.batch()) : null;
    }

    @Override
    public synchronized void start() {
        loops = IntStream.range(0, setting.loops().count())
                .mapToObj(i -> setting.loops().loop(i))
                .map(loop -> new HttpLoop(this, loop, setting.loops().passOf(loop)))
                .toList();
        ChannelFuture bound = new ServerBootstrap()
                .group(setting.loops().loop(0), setting.loops().group())
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Starter())
                .bind(http.address())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.forEach(HttpLoop::stop);
            throw notBound(bound.cause());
        }
        listener = bound.channel();
        address = urlOf((InetSocketAddress) listener.localAddress());
    }

    private NucleonException notBound(Throwable cause) {
        int port = http.address().getPort();
        boolean inUse = String.valueOf(cause.getMessage()).contains("in use");
        Optional<String> owner = inUse ? PortOwner.describe(http.address()) : Optional.empty();
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
        protected void initChannel(SocketChannel channel) {
            HttpLoop loop = loopOf(channel.eventLoop());
            RequestDecoder decoder = new RequestDecoder(HttpTrigger.this);
            Http1Channel reader = new Http1Channel(loop, decoder);
            decoder.feeds(reader);
            channel.pipeline().addLast(decoder, reader);
        }
    }

    private HttpLoop loopOf(EventLoop eventLoop) {
        for (HttpLoop loop : loops) {
            if (loop.eventLoop() == eventLoop) {
                return loop;
            }
        }
        throw new IllegalStateException("a connection is on a loop that is not the trigger's");
    }

    /** A request is complete. On its loop. */
    void take(HttpExchange exchange) {
        RequestHeaders headers = exchange.requestHeaders();
        if (exchange.pathStartsWith(HEALTH)) {
            exchange.answer(200, "", null);
        } else if (draining) {
            exchange.answer(503, STOPPED, ErrorCode.DRAINING);
        } else if (http.cors() != null && http.cors().isPreflight(exchange)) {
            exchange.answerPreflight(http.cors().grants(headers));
        } else if (headers.isSpecial() || CloudEvents.isStructured(headers.contentType())) {
            takeSpecial(exchange, headers);
        } else if (batcher != null) {
            batcher.add(exchange, exchange);
        } else {
            exchange.give(exchange);
        }
    }

    /** The request asks for logs, or carries a cloud event. */
    private void takeSpecial(HttpExchange exchange, RequestHeaders headers) {
        String level = headers.last(HeaderNames.LOG_LEVEL);
        if (level != null && !level.isEmpty()) {
            exchange.capture(new LogCapture(level, setting.source().name()));
        }
        Optional<Event> event = CloudEvents.unwrap(exchange);
        if (event.isEmpty()) {
            exchange.answer(500, NO_CLOUD_EVENT, null);
        } else if (batcher != null) {
            batcher.add(exchange, event.get());
        } else {
            exchange.give(event.get());
        }
    }

    @Override
    public synchronized CompletionStage<Void> drain() {
        draining = true;
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        if (batcher != null) {
            batcher.flush();
        }
        return CompletableFuture.allOf(loops.stream().map(HttpLoop::drain).toArray(CompletableFuture[]::new));
    }

    @Override
    public synchronized void stop() {
        draining = true;
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        loops.forEach(HttpLoop::stop);
    }

    @Override
    public synchronized String address() {
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

    /** Events that wait for their batch to fill. */
    int waitingInBatch() {
        return batcher == null ? 0 : batcher.waiting();
    }

    TriggerSetting setting() {
        return setting;
    }

    Invoker invoker() {
        return invoker;
    }

    TimeLimits limits() {
        return limits;
    }

    Complaints complaints() {
        return complaints;
    }

    SpareHeads heads() {
        return heads;
    }

    /** Null when not enabled. */
    CorsPolicy cors() {
        return http.cors();
    }

    List<Path> fileFolders() {
        return http.fileFolders();
    }

    int maxHead() {
        return http.headBytes();
    }

    int maxBody() {
        return http.bodyBytes();
    }

    boolean isDraining() {
        return draining;
    }
}
