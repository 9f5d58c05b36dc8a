package io.nucleon.load;

import org.HdrHistogram.Histogram;

/**
 * How long the events of a run took, in ns, to three digits. Filled by one thread, then only read.
 *
 * <p>Of each event {@code total = queue + handler + transport}: queue is all waiting before a worker had the event, at the generator
 * (from the intended moment until it was sent) and at the server; handler is the user's code; transport is whatever else lies between
 * sending and the last byte of the answer. The last two are known of servers that send {@code Server-Timing}.
 */
public final class Latencies {
    /** An hour: longer than any limit of time here. */
    private static final long MOST_NANOS = 3_600_000_000_000L;

    private static final int DIGITS = 3;

    private final Histogram total = new Histogram(MOST_NANOS, DIGITS);
    private final Histogram queue = new Histogram(MOST_NANOS, DIGITS);
    private final Histogram handler = new Histogram(MOST_NANOS, DIGITS);
    private final Histogram transport = new Histogram(MOST_NANOS, DIGITS);
    private final Histogram lateness = new Histogram(MOST_NANOS, DIGITS);

    /** An event of which only the whole is known. */
    void add(long totalNanos) {
        record(total, totalNanos);
    }

    /** An event whose server told its parts. */
    public void add(long totalNanos, long queueNanos, long handlerNanos) {
        record(total, totalNanos);
        record(queue, queueNanos);
        record(handler, handlerNanos);
        record(transport, totalNanos - queueNanos - handlerNanos);
    }

    /** How late the generator itself came to a request. */
    public void addLateness(long nanos) {
        record(lateness, nanos);
    }

    /** Adds all of another. */
    public void add(Latencies other) {
        total.add(other.total);
        queue.add(other.queue);
        handler.add(other.handler);
        transport.add(other.transport);
        lateness.add(other.lateness);
    }

    /** From the intended moment to the last byte of the answer. */
    public Histogram total() {
        return total;
    }

    /** Before a worker had the event; empty if the server didn't say. */
    public Histogram queue() {
        return queue;
    }

    /** In the user's code; empty if the server didn't say. */
    public Histogram handler() {
        return handler;
    }

    /** All the rest; empty if the server didn't say. */
    public Histogram transport() {
        return transport;
    }

    /** Between the intended moment and that at which the generator came to the request, whether or not a connection was free. */
    public Histogram lateness() {
        return lateness;
    }

    /** Whether the parts are known of at least one event. */
    public boolean hasParts() {
        return handler.getTotalCount() > 0;
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(Math.max(nanos, 0), MOST_NANOS));
    }
}
