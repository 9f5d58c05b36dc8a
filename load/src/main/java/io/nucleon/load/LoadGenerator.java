package io.nucleon.load;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Connections to one server, and the runs on them, one at a time. Confined to one thread, but for {@link #stop}, which any may call.
 * Owns its event loops until it is closed.
 */
public final class LoadGenerator implements Load {
    private static final long LOOK_MILLIS = 100;
    private static final long CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final LoadPlan plan;
    private final List<Driver> drivers = new ArrayList<>();
    private volatile boolean stopped;

    private LoadGenerator(LoadPlan plan) {
        this.plan = plan;
        this.group = new MultiThreadIoEventLoopGroup(plan.threads(), EpollIoHandler.newFactory());
        for (int i = 0; i < plan.threads(); i++) {
            int share = plan.connections() / plan.threads() + (i < plan.connections() % plan.threads() ? 1 : 0);
            drivers.add(new Driver(group.next(), plan, share));
        }
    }

    /**
     * Opens all connections.
     *
     * @throws IOException if one of them is refused or takes longer than the plan's limit
     */
    public static LoadGenerator connect(LoadPlan plan) throws IOException, InterruptedException {
        LoadGenerator generator = new LoadGenerator(plan);
        try {
            for (CompletableFuture<Void> connected :
                    generator.drivers.stream().map(Driver::connect).toList()) {
                connected.get(plan.timeout().toNanos(), TimeUnit.NANOSECONDS);
            }
            return generator;
        } catch (ExecutionException e) {
            generator.close();
            throw asIo(e);
        } catch (TimeoutException e) {
            generator.close();
            throw new IOException("not all of " + plan.connections() + " connections were accepted in time", e);
        } catch (InterruptedException e) {
            generator.close();
            throw e;
        }
    }

    /**
     * One run. Returns when every request that was sent has its answer or has been given up.
     *
     * @param progress is told every 100 ms how far it is, on this thread
     * @throws IOException if the server is gone
     */
    @Override
    public RunResult run(LoadPlan.Length length, Consumer<Tally> progress) throws IOException, InterruptedException {
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < drivers.size(); i++) {
            phases.add(drivers.get(i).run(schedule(length, i)));
        }
        if (stopped) {
            drivers.forEach(Driver::stop);
        }
        CompletableFuture<?> all =
                CompletableFuture.allOf(phases.stream().map(Phase::ended).toArray(CompletableFuture<?>[]::new));
        while (true) {
            try {
                all.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                break;
            } catch (TimeoutException e) {
                progress.accept(phases.stream().map(Phase::soFar).reduce(Tally.NONE, Tally::plus));
            } catch (ExecutionException e) {
                throw asIo(e);
            }
        }
        return phases.stream()
                .map(phase -> phase.ended().join())
                .reduce(RunResult::and)
                .orElseThrow();
    }

    /** Ends the run early, and each later one at once; what is open is still waited for. */
    @Override
    public void stop() {
        stopped = true;
        drivers.forEach(Driver::stop);
    }

    /** Whether it was stopped early. */
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void close() {
        drivers.forEach(Driver::close);
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** The part of one thread; moments of several threads lie between each other. */
    private Phase.Schedule schedule(LoadPlan.Length length, int index) {
        int threads = drivers.size();
        long count = length.count() == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : length.count() / threads + (index < length.count() % threads ? 1 : 0);
        LoadPlan.Length part = new LoadPlan.Length(length.duration(), count);
        return switch (plan.pace()) {
            case Pace.Closed closed -> new Phase.Schedule(closed, part, 0);
            case Pace.Open open ->
                new Phase.Schedule(
                        new Pace.Open(open.perSecond() / threads), part, (long) (index * 1e9 / open.perSecond()));
        };
    }

    private static IOException asIo(ExecutionException e) {
        return e.getCause() instanceof IOException io
                ? io
                : new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
    }
}
