package io.nucleon.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop, and the run that uses them. Confined to that loop, but for {@link #connect}, {@link #run}, {@link
 * #stop} and {@link #close}, which any thread may call.
 *
 * <p>Free connections are used in turn, so that all of them are. A connection that the server closes is opened again.
 */
final class Driver {
    /** How often time limits are looked at, and a server that refuses is tried again. */
    private static final long TICK_MILLIS = 50;

    /** A server that has refused every connection for so long is gone. */
    private static final long GONE_NANOS = 3_000_000_000L;

    private final EventLoop loop;
    private final LoadPlan plan;
    private final int share;
    private final Bootstrap client;
    private final Deque<LoadConnection> free = new ArrayDeque<>();
    private final List<LoadConnection> open = new ArrayList<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final long timeoutNanos;
    private int opening;
    private long refusedSince;
    private boolean closing;
    private Throwable lastTrouble;
    private Phase phase;
    private ScheduledFuture<?> ticks;

    Driver(EventLoop loop, LoadPlan plan, int connections) {
        this.loop = loop;
        this.plan = plan;
        this.share = connections;
        this.timeoutNanos = plan.timeout().toNanos();
        this.client = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(plan.timeout().toMillis(), 10_000))
                .remoteAddress(plan.address())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new LoadConnection(Driver.this));
                    }
                });
    }

    /** Opens all connections. Fails with the first that is refused. */
    CompletableFuture<Void> connect() {
        loop.execute(() -> {
            ticks = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            openMissing();
        });
        return connected;
    }

    /** Runs one phase at a time. */
    Phase run(Phase.Schedule schedule) {
        Phase next = new Phase(this, plan, schedule);
        loop.execute(() -> {
            phase = next;
            next.start();
        });
        return next;
    }

    /** Ends the phase early: nothing more is sent. */
    void stop() {
        loop.execute(() -> {
            if (phase != null) {
                phase.stopSending();
            }
        });
    }

    CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            closing = true;
            if (ticks != null) {
                ticks.cancel(false);
            }
            List.copyOf(open).forEach(LoadConnection::close);
            done.complete(null);
        });
        return done;
    }

    EventLoop loop() {
        return loop;
    }

    /** A connection to send on, or null if all are busy. */
    LoadConnection takeFree() {
        return free.poll();
    }

    void release(LoadConnection connection) {
        free.add(connection);
    }

    List<LoadConnection> takeAllFree() {
        List<LoadConnection> all = List.copyOf(free);
        free.clear();
        return all;
    }

    void opened(LoadConnection connection) {
        opening--;
        refusedSince = 0;
        open.add(connection);
        if (open.size() == share) {
            connected.complete(null);
        }
        give(connection);
    }

    void answered(LoadConnection connection) {
        phase.answered(connection, Stopwatch.nanos());
        if (!connection.answer().closes()) {
            give(connection);
        }
    }

    void closed(LoadConnection connection, boolean wasBusy) {
        open.remove(connection);
        free.remove(connection);
        if (wasBusy && phase != null) {
            phase.unanswered(connection, Stopwatch.nanos());
        }
        openMissing();
    }

    void trouble(Throwable cause) {
        lastTrouble = cause;
    }

    /** To the run, if it has something to send, else to the free ones. */
    private void give(LoadConnection connection) {
        if (phase == null || !phase.use(connection)) {
            free.add(connection);
        }
    }

    private void openMissing() {
        while (!closing && refusedSince == 0 && open.size() + opening < share) {
            opening++;
            client.connect().addListener(done -> {
                if (!done.isSuccess()) {
                    refused(done.cause());
                }
            });
        }
    }

    private void refused(Throwable cause) {
        opening--;
        lastTrouble = cause;
        connected.completeExceptionally(cause);
        if (refusedSince == 0) {
            refusedSince = Stopwatch.nanos();
        }
    }

    private void tick() {
        long now = Stopwatch.nanos();
        for (LoadConnection connection : List.copyOf(open)) {
            if (connection.isBusy() && now - connection.sent() > timeoutNanos) {
                connection.timeOut();
            }
        }
        if (refusedSince != 0) {
            if (open.isEmpty() && phase != null && now - refusedSince > GONE_NANOS) {
                phase.fail(new IOException("nobody listens any more", lastTrouble));
            }
            long since = refusedSince;
            refusedSince = 0;
            openMissing();
            // Until one of them has opened, the server has refused since then.
            refusedSince = open.isEmpty() ? since : 0;
        }
        if (phase != null) {
            phase.tick(now);
        }
    }
}
