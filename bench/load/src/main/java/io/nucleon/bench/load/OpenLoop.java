package io.nucleon.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.nucleon.invoke.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * An open loop: requests at fixed moments, whatever the server does. A latency counts from the moment that was intended, so that a
 * server that stalls is charged for all that should have been sent meanwhile. Prints one line of JSON, times in µs.
 *
 * <p>Requests go to a free connection; if there is none they wait, and their clock runs. Connections carry one request at a time.
 * {@code lateP99} is how late the generator itself began to send when a connection was free: latencies near it say nothing of the server.
 *
 * <p>{@code java … OpenLoop PORT EVENTS_PER_SECOND SECONDS CONNECTIONS}
 */
public final class OpenLoop {

    private static final double MICRO = 1_000.0;
    private static final long SECOND = 1_000_000_000L;
    /** How long answers are waited for after the last request was due. */
    private static final long GRACE_SECONDS = 10;

    private static final double WARM_UP_SECONDS = 2;

    private static final int OK = 200;

    private final ByteBuf request = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
            .writeBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    private final Histogram latency = new Histogram(60 * SECOND, 3);
    private final Histogram lateness = new Histogram(60 * SECOND, 3);
    private final Deque<Connection> free = new ArrayDeque<>();
    private final Deque<Long> overdue = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final EventLoop loop;
    private final long intervalNanos;
    private final long total;
    private long startNanos;
    private long due;
    private long answered;
    private long failed;

    private OpenLoop(EventLoop loop, double rate, double seconds) {
        this.loop = loop;
        this.intervalNanos = (long) (SECOND / rate);
        this.total = (long) (rate * seconds);
    }

    /** Warms the server up at the same rate, then runs the load. */
    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        double rate = Double.parseDouble(args[1]);
        double seconds = Double.parseDouble(args[2]);
        int connections = Integer.parseInt(args[3]);
        try (IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
            OpenLoop warmUp = new OpenLoop(group.next(), rate, WARM_UP_SECONDS);
            warmUp.run(port, connections);
            OpenLoop load = new OpenLoop(group.next(), rate, seconds);
            boolean finished = load.run(port, connections);
            System.out.println(load.json(finished, warmUp.answered));
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private boolean run(int port, int connections) throws InterruptedException {
        Bootstrap client = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), new Connection(channel));
                    }
                });
        for (int i = 0; i < connections; i++) {
            Channel channel = client.connect("127.0.0.1", port).sync().channel();
            loop.execute(() -> free.add(channel.pipeline().get(Connection.class)));
        }
        loop.execute(() -> {
            startNanos = Clock.system().nanoTime();
            sendDue();
        });
        boolean finished = ended.await(
                (long) Math.ceil(total * (double) intervalNanos / SECOND) + GRACE_SECONDS, TimeUnit.SECONDS);
        loop.submit(() -> free.forEach(one -> one.channel.close())).sync();
        return finished;
    }

    private void sendDue() {
        long now = Clock.system().nanoTime();
        while (due < total && startNanos + due * intervalNanos - now <= 0) {
            send(startNanos + due * intervalNanos, now);
            due++;
        }
        if (due < total) {
            loop.schedule(
                    this::sendDue,
                    startNanos + due * intervalNanos - Clock.system().nanoTime(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void send(long intended, long now) {
        Connection connection = free.poll();
        if (connection == null) {
            overdue.add(intended);
        } else {
            lateness.recordValue(Math.max(now - intended, 0));
            connection.send(intended);
        }
    }

    private void done(Connection connection, boolean ok) {
        if (!ok) {
            failed++;
        }
        if (++answered == total) {
            ended.countDown();
        }
        Long next = overdue.poll();
        if (next == null) {
            free.add(connection);
        } else {
            connection.send(next);
        }
    }

    private String json(boolean finished, long before) {
        return String.format(
                Locale.ROOT,
                "{\"requests\":%d,\"answered\":%d,\"served\":%d,\"failed\":%d,\"finished\":%b,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,"
                        + "\"p999\":%.1f,\"p9999\":%.1f,\"max\":%.1f,\"lateP50\":%.1f,\"lateP99\":%.1f}",
                total,
                answered,
                before + answered,
                failed,
                finished,
                latency.getValueAtPercentile(50) / MICRO,
                latency.getValueAtPercentile(90) / MICRO,
                latency.getValueAtPercentile(99) / MICRO,
                latency.getValueAtPercentile(99.9) / MICRO,
                latency.getValueAtPercentile(99.99) / MICRO,
                latency.getMaxValue() / MICRO,
                lateness.getValueAtPercentile(50) / MICRO,
                lateness.getValueAtPercentile(99) / MICRO);
    }

    /** One connection; confined to the loop. */
    private final class Connection extends SimpleChannelInboundHandler<HttpObject> {

        private final Channel channel;
        private long intended;
        private boolean ok;

        Connection(Channel channel) {
            this.channel = channel;
        }

        void send(long intendedNanos) {
            intended = intendedNanos;
            channel.writeAndFlush(request.duplicate(), channel.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse head) {
                ok = head.status().code() == OK;
            }
            if (message instanceof LastHttpContent) {
                latency.recordValue(Math.min(Clock.system().nanoTime() - intended, latency.getHighestTrackableValue()));
                done(this, ok);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            System.err.println("a connection broke: " + cause.getMessage());
            context.close();
        }
    }
}
