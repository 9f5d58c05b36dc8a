package io.nucleon.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * A server whose latencies are known: the n-th request is answered after the time that a schedule has for it, and nothing is answered
 * during a stall. It notes by its own clock what it did. Takes requests without a body. One event loop of its own.
 */
final class PacedServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IntUnaryOperator delayMillis;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Runnable> held = new ArrayList<>();
    private final Channel server;
    private final Histogram done = new Histogram(3);
    private int stallAt = Integer.MAX_VALUE;
    private int stallMillis;
    private boolean stalled;
    private volatile long stallBegan;
    private volatile long stallEnded;

    /** Answers the n-th request, counted from 0, after so many ms. */
    PacedServer(IntUnaryOperator delayMillis) {
        this.delayMillis = delayMillis;
        this.server = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Handler());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Answers nothing for so long from the n-th request on, then all that came at once. Before the first request. */
    PacedServer stalling(int at, int millis) {
        stallAt = at;
        stallMillis = millis;
        return this;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    int requests() {
        return requests.get();
    }

    /** How long it really took for each answer, from request to writing, ns. When all were answered. */
    Histogram done() {
        return done;
    }

    /** When the stall began, by the clock of the generator. */
    long stallBegan() {
        return stallBegan;
    }

    long stallEnded() {
        return stallEnded;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        private int lineEnds;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            while (in.isReadable()) {
                byte next = in.readByte();
                if (next == '\n' && ++lineEnds == 2) {
                    lineEnds = 0;
                    request(context);
                } else if (next != '\n' && next != '\r') {
                    lineEnds = 0;
                }
            }
            ReferenceCountUtil.release(message);
        }

        private void request(ChannelHandlerContext context) {
            int number = requests.getAndIncrement();
            long came = Stopwatch.nanos();
            int millis = delayMillis.applyAsInt(number);
            if (number == stallAt) {
                stalled = true;
                stallBegan = Stopwatch.nanos();
                context.executor().schedule(this::resume, stallMillis, TimeUnit.MILLISECONDS);
            }
            if (stalled) {
                held.add(() -> answer(context, millis, came));
            } else if (millis == 0) {
                answer(context, 0, came);
            } else {
                context.executor().schedule(() -> answer(context, millis, came), millis, TimeUnit.MILLISECONDS);
            }
        }

        private void resume() {
            stalled = false;
            stallEnded = Stopwatch.nanos();
            held.forEach(Runnable::run);
            held.clear();
        }

        private void answer(ChannelHandlerContext context, int millis, long came) {
            done.recordValue(Stopwatch.nanos() - came);
            String answer = String.format(
                    Locale.ROOT,
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nServer-Timing: queue;dur=0, handler;dur=%d.000, transport;dur=0\r\n\r\nok",
                    millis);
            context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
