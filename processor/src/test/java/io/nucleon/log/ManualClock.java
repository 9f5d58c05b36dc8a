package io.nucleon.log;

import io.nucleon.invoke.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test turns; wall time begins at 2024-05-01 12:00:00.123456 UTC. */
final class ManualClock implements Clock {

    static final long START = 1_714_564_800_123_456_000L;

    private final AtomicLong passed = new AtomicLong();

    void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    @Override
    public long nanoTime() {
        return passed.get();
    }

    @Override
    public long wallNanosAt(long nanoTime) {
        return START + nanoTime;
    }
}
