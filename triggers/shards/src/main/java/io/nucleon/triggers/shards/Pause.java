package io.nucleon.triggers.shards;

import java.util.concurrent.TimeUnit;

/** Growing pauses between tries. Used by one thread. */
final class Pause {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private long next = FIRST_NANOS;

    /** How long to wait now, ns; twice as long the next time. */
    long next() {
        long now = next;
        next = Math.min(MOST_NANOS, 2 * next);
        return now;
    }

    void reset() {
        next = FIRST_NANOS;
    }
}
