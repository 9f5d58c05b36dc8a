package io.nucleon.invoke;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to go on. Safe for many threads. */
public final class ManualClock implements Clock {

    /** 2024-01-01T00:00:00Z. */
    private static final long WALL_AT_ZERO = 1_704_067_200_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    /** Lets that much time pass. */
    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long wallNanosAt(long nanoTime) {
        return WALL_AT_ZERO + nanoTime;
    }
}
