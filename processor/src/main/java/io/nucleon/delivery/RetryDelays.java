package io.nucleon.delivery;

import io.nucleon.spec.trigger.Retry;
import java.util.function.DoubleSupplier;

/** How long to wait before the next try: doubled each time up to a limit, a part of it random, so that many don't come back at once. */
record RetryDelays(long firstNanos, long mostNanos, double jitter, DoubleSupplier random) {

    /** Doubling more often than this only overflows. */
    private static final int MOST_DOUBLINGS = 40;

    static RetryDelays of(Retry retry, DoubleSupplier random) {
        return new RetryDelays(retry.backoff().toNanos(), retry.maxBackoff().toNanos(), retry.jitter(), random);
    }

    /** After that many failed tries, ns. */
    long afterFailures(int failures) {
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        double whole = Math.min((double) mostNanos, Math.scalb((double) firstNanos, doublings));
        return (long) (whole * (1 + jitter * (2 * random.getAsDouble() - 1)));
    }
}
