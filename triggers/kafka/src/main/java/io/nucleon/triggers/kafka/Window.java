package io.nucleon.triggers.kafka;

import java.util.concurrent.TimeUnit;

/**
 * How many records of a partition are open at once at most. While handlers are quick it grows, since each rest costs some wakes of threads
 * and looks at the broker, which many records then share; when they are slow it shrinks again, so that a rebalance has little to give back.
 * Changed by the reader's thread; read by any.
 */
final class Window {

    /** A rest that short was one of many a second. */
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int least;
    private final int most;
    private volatile int size;
    private long restsSince;

    /** Begins with the least; does not change if that is the most too. */
    Window(int least, int most) {
        this.least = least;
        this.most = Math.max(least, most);
        this.size = least;
    }

    int size() {
        return size;
    }

    /** A partition that rests goes on with fewer open than that. */
    int restart() {
        return Math.max(1, size / 2);
    }

    /** It is full: the partition rests from now on. */
    void rests(long nowNanos) {
        restsSince = nowNanos;
    }

    /** Half of it is done. */
    void goesOn(long nowNanos) {
        long took = nowNanos - restsSince;
        if (took < QUICK_NANOS) {
            size = Math.min(most, 2 * size);
        } else if (took > SLOW_NANOS) {
            size = Math.max(least, size / 2);
        }
    }
}
