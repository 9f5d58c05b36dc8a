package io.nucleon.runtime.jvm;

/**
 * Tells a handler that waits from one that was held up once. Confined to the worker's loop.
 *
 * <p>A call that took longer than {@link #SLOW_NANOS} may have been stopped by the collector, the compiler or a busy machine (seen:
 * 28 ms, once, for an empty handler while the JVM warmed up); a handler that waits does so again. So the second slow call within
 * {@link #MEMORY} calls counts, or the first that nothing but the handler explains.
 */
final class SlowCalls {

    /** A handler that was said never to wait may hold its loop that long; others of the loop wait meanwhile. */
    static final long SLOW_NANOS = 10_000_000;
    /** Far beyond any pause of the JVM's. */
    static final long FAR_TOO_SLOW_NANOS = 100_000_000;

    private static final long MEMORY = 1_000;

    private long calls;
    private long lastSlow = -MEMORY;

    /** Notes a call; true if its handler should run elsewhere. */
    boolean count(long tookNanos) {
        calls++;
        if (tookNanos <= SLOW_NANOS) {
            return false;
        }
        boolean again = calls - lastSlow < MEMORY;
        lastSlow = calls;
        // The very first call loads the handler's classes.
        return again || (tookNanos > FAR_TOO_SLOW_NANOS && calls > 1);
    }
}
