package io.nucleon.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets things happen not sooner than they should. Confined to one command. */
final class Pace {

    private final MonotonicClock clock = new MonotonicClock();
    /** Never counted down: waiting for it is waiting for the time. */
    private final CountDownLatch never = new CountDownLatch(1);

    private final double rate;
    private Instant next;

    /** @param rate a second; 0 = as fast as can be */
    Pace(double rate) {
        this.rate = rate;
        this.next = clock.instant();
    }

    /** Waits for the next turn. */
    void await() {
        if (rate > 0) {
            awaitNext();
            next = next.plusNanos((long) (1e9 / rate));
        }
    }

    /** Waits until that much time has passed since the last turn, or since this was made. */
    void await(Duration afterLast) {
        next = next.plus(afterLast);
        awaitNext();
    }

    private void awaitNext() {
        try {
            long nanos = Duration.between(clock.instant(), next).toNanos();
            if (nanos > 0 && never.await(nanos, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("it was counted down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
