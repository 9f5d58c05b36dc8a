package io.nucleon.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of one processor, native epoll, each with its {@link LoopPass}. Safe for many threads.
 */
public final class EventLoops implements AutoCloseable {

    /**
     * A loop looks at its rings at least this often: a worker holds the bell for quick answers back, and one that then sits in a slow
     * handler can't ring. Fifty wakes a second cost about 0.1 % of a core.
     */
    private static final long LOOK_MILLIS = 20;

    private final Map<ThreadAwareExecutor, LoopPass> passes = new ConcurrentHashMap<>();
    private final IoEventLoopGroup group;
    private final List<IoEventLoop> loops = new ArrayList<>();

    /** Makes {@code count} loops and starts their threads. */
    public EventLoops(int count) {
        group = new MultiThreadIoEventLoopGroup(count, new PassingFactory());
        for (int i = 0; i < count; i++) {
            IoEventLoop loop = group.next();
            loop.scheduleAtFixedRate(() -> {}, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            loops.add(loop);
        }
    }

    /** How many loops out-of-process workers are served by: min(cores, 4, workers), at least 1. */
    public static int countFor(int workers) {
        return Math.max(1, Math.min(Math.min(Runtime.getRuntime().availableProcessors(), 4), workers));
    }

    /** The group, for channels that any loop may own. */
    public IoEventLoopGroup group() {
        return group;
    }

    public int count() {
        return loops.size();
    }

    /** The loop of that index, modulo their number. */
    public IoEventLoop loop(int index) {
        return loops.get(index % loops.size());
    }

    /** The pass of a loop of this group. Its methods belong to the loop's thread. */
    public LoopPass passOf(EventLoop loop) {
        return passes.get((ThreadAwareExecutor) loop);
    }

    /** Runs {@code task} on the first loop every so many ms, until the loops end. */
    public void every(long millis, Runnable task) {
        loops.getFirst().scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Ends the loops and waits up to 5 s for their threads. */
    @Override
    public void close() {
        Future<?> ended = group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        ended.awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private final class PassingFactory implements IoHandlerFactory {

        @Override
        public IoHandler newHandler(ThreadAwareExecutor loop) {
            LoopPass pass = new LoopPass();
            passes.put(loop, pass);
            return EpollIoHandler.newFactory(0, () -> pass).newHandler(loop);
        }

        @Override
        public boolean isChangingThreadSupported() {
            return true;
        }
    }
}
