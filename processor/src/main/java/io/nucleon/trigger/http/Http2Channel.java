package io.nucleon.trigger.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A client that speaks HTTP/2 without encryption, known by its preface. Netty splits it into a channel for each stream; this handler
 * stands before that and keeps the time limits. Confined to its loop.
 */
// What becomes of a write or a close is told by the channel's events.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Channel extends HttpChannel {

    /** As many requests a connection may have open; a loop serves more connections than this. */
    private static final int MAX_STREAMS = 128;

    private final Set<Http2Stream> streams = new LinkedHashSet<>();
    private boolean saidGoodbye;
    private long lastNanos;

    private Http2Channel(HttpLoop loop) {
        super(loop);
        lastNanos = loop.clock().nanoTime();
    }

    /** Puts the handlers of HTTP/2 behind those that the pipeline has. */
    static void add(ChannelPipeline pipeline, HttpLoop loop) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MAX_STREAMS)
                        .maxHeaderListSize(loop.listener.mounts().maxHead()))
                .build();
        Http2Channel first = new Http2Channel(loop);
        pipeline.addLast(first, codec, new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2Stream(first));
            }
        }));
    }

    void opened(Http2Stream stream) {
        streams.add(stream);
    }

    void closed(Http2Stream stream) {
        streams.remove(stream);
        lastNanos = loop.clock().nanoTime();
    }

    /** Something was written to a stream. */
    void wrote() {
        if ((loop.listener.mounts().isDraining() || loop.listener.mounts().isRetiring()) && !saidGoodbye) {
            saidGoodbye = true;
            context.pipeline().write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        }
        loop.flushLater(this);
    }

    @Override
    void flush() {
        context.pipeline().flush();
    }

    @Override
    void sweep(long now) {
        TimeLimits limits = loop.listener.limits();
        if (isStuck(now, limits.write()) || (streams.isEmpty() && now - lastNanos > limits.idle())) {
            context.channel().close();
            return;
        }
        List<Http2Stream> late = new ArrayList<>();
        for (Http2Stream stream : streams) {
            if (stream.isLate(now, limits)) {
                late.add(stream);
            }
        }
        late.forEach(Http2Stream::close);
    }

    @Override
    void abandonAll() {
        // Each stream is told by Netty that it is closed, and gives up its own exchange.
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        super.channelInactive(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.fireExceptionCaught(cause);
    }
}
