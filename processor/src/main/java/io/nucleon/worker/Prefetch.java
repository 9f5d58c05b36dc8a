package io.nucleon.worker;

/**
 * How many events a busy worker's ring may hold: as many as about 200 µs of its observed handler time, 1 for slow handlers, up to the
 * runtime's capacity for empty ones. Written by the worker's owner, read by any thread.
 */
final class Prefetch {

    /** Below this a sleep and wake between two events costs more than the wait behind others does. */
    private static final long AHEAD_NANOS = 200_000;
    /** Weight of a new observation, 1/8: a few events after a change it has followed. */
    private static final int SHIFT = 3;

    private final int capacity;
    private final int concurrency;
    private long averageNanos = AHEAD_NANOS;
    private volatile int limit;

    Prefetch(int capacity, int concurrency) {
        this.capacity = capacity;
        this.concurrency = concurrency;
        this.limit = concurrency;
    }

    /** Notes how long a handler took. A slow one counts at once, so that nothing is put behind the next of its kind. */
    void observe(long handlerNanos) {
        averageNanos =
                handlerNanos > AHEAD_NANOS ? handlerNanos : averageNanos + ((handlerNanos - averageNanos) >> SHIFT);
        long events = AHEAD_NANOS / Math.max(1, averageNanos);
        int next = Math.clamp(events, concurrency, capacity);
        if (next != limit) {
            limit = next;
        }
    }

    /** Begins anew: for a new process, and behind a handler that turned out to be slow, until it has answered. */
    void reset() {
        averageNanos = AHEAD_NANOS;
        limit = concurrency;
    }

    /** Places now, at least the worker's concurrency. */
    int limit() {
        return limit;
    }
}
