package io.nucleon.chaos;

import io.nucleon.runtime.FunctionRuntime;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Faults that strike workers while they have events: SIGKILL, and SIGSTOP followed by SIGCONT. What comes of them is what would come of
 * them anyway: new workers, failed events, tries. Safe for many threads.
 */
public final class Chaos implements AutoCloseable {

    /** Long enough to be seen by a person, short enough not to pass a usual time limit of a client. */
    private static final long LEAST_MILLIS = 50;

    private static final long MOST_MILLIS = 500;

    /** Of a handler that nothing is known of yet, or that is too quick to be hit by chance. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Odds odds;
    private final Listener listener;
    private final DoubleSupplier random;
    private final ScheduledExecutorService timer;
    private final LongAdder killed = new LongAdder();
    private final LongAdder delayed = new LongAdder();
    private final LongAdder delayedMillis = new LongAdder();

    /**
     * How often each fault strikes.
     *
     * @param kill share of events that have their worker killed, 0 to 1
     * @param delay share of events whose worker is stopped for a while, 0 to 1
     */
    public record Odds(double kill, double delay) {}

    /** Hears of each fault, on any thread; must not block. */
    public interface Listener {

        /** A worker's process was killed. */
        void killed(String function, int worker, long pid);

        /** A worker's process stands still for so long. */
        void delayed(String function, int worker, long pid, long millis);
    }

    /**
     * What has struck so far.
     *
     * @param delayedMillis in all
     */
    public record Counts(long killed, long delayed, long delayedMillis) {}

    /** Strikes by chance. */
    public Chaos(Odds odds, Listener listener) {
        this(odds, listener, () -> ThreadLocalRandom.current().nextDouble(), Threads.timer());
    }

    /**
     * Strikes as it is told.
     *
     * @param random 0 to 1, without 1; any thread
     * @param timer ended with this
     */
    Chaos(Odds odds, Listener listener, DoubleSupplier random, ScheduledExecutorService timer) {
        this.odds = odds;
        this.listener = listener;
        this.random = random;
        this.timer = timer;
    }

    /** The same runtime, whose workers are struck. Closing it closes the one inside. */
    public FunctionRuntime around(String function, FunctionRuntime runtime) {
        return new ChaosRuntime(this, function, runtime);
    }

    /** What has struck so far. */
    public Counts counts() {
        return new Counts(killed.sum(), delayed.sum(), delayedMillis.sum());
    }

    boolean kills() {
        return random.getAsDouble() < odds.kill();
    }

    boolean delays() {
        return random.getAsDouble() < odds.delay();
    }

    /** Some time while a handler that took so long last time is likely to run. */
    long momentNanos(long handlerNanos) {
        return (long) (random.getAsDouble() * 2 * Math.max(SHORTEST_NANOS, handlerNanos));
    }

    long delayMillis() {
        return LEAST_MILLIS + (long) (random.getAsDouble() * (MOST_MILLIS - LEAST_MILLIS));
    }

    void after(long nanos, Runnable task) {
        timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    void tellKilled(String function, int worker, long pid) {
        killed.increment();
        listener.killed(function, worker, pid);
    }

    void tellDelayed(String function, int worker, long pid, long millis) {
        delayed.increment();
        delayedMillis.add(millis);
        listener.delayed(function, worker, pid, millis);
    }

    /** Ends it; workers that stand still go on when their time is over. To be called when the workers are gone. */
    @Override
    public void close() {
        timer.shutdown();
    }
}
