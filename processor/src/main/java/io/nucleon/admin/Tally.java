package io.nucleon.admin;

import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one thread, or if {@code shared} any thread, has counted of one trigger. One array of longs:
 *
 * <pre>
 *   PAD            16 longs that nobody writes, so that no other thread's data is on the cache lines of what follows
 *   outcomes       one for each Outcome
 *   workers        for each worker: answered, failed, handler ns
 *   latencies      for each part of the time: sum ns, max ns, buckets
 * </pre>
 *
 * An owner's cells are written by it alone with opaque stores and read by scrapes with opaque loads: a scrape may see an event in one
 * cell and not yet in another, never a torn number. A shared tally adds atomically.
 */
final class Tally {

    /** Places of the parts of an event's time. */
    static final int TOTAL = 0;

    static final int QUEUE = 1;
    static final int TRANSPORT = 2;
    static final int HANDLER = 3;
    private static final int LATENCIES = 4;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PAD = 16;
    private static final int WORKER_CELLS = 3;
    private static final int LATENCY_CELLS = 2 + LatencyScale.BUCKETS;

    private final long[] cells;
    private final int workers;
    private final boolean shared;

    Tally(int workers, boolean shared) {
        this.workers = workers;
        this.shared = shared;
        cells = new long[latencyAt(LATENCIES) + PAD];
    }

    /** So many ended like that one. */
    void count(Invocation ended, Outcome outcome, int events) {
        add(PAD + Outcomes.placeOf(outcome), events);
        boolean answered = outcome == Outcome.RESPONDED || outcome == Outcome.FAILED;
        if (ended.givenNanos != 0) {
            time(QUEUE, ended.givenNanos - ended.arrivedNanos(), events);
        }
        if (answered && ended.answeredNanos != 0) {
            time(TOTAL, ended.answeredNanos - ended.arrivedNanos(), events);
            time(HANDLER, ended.handlerNanos, events);
            time(TRANSPORT, ended.answeredNanos - ended.givenNanos - ended.handlerNanos, events);
        }
        int worker = ended.worker;
        if (worker >= 0 && worker < workers && outcome != Outcome.CANCELLED) {
            int at = workerAt(worker);
            add(outcome == Outcome.RESPONDED ? at : at + 1, events);
            add(at + 2, answered ? events * ended.handlerNanos : 0);
        }
    }

    /** Adds what was counted to {@code sum}, a copy of another tally's cells or zeros; returns it. */
    long[] addTo(long[] sum) {
        for (int i = 0; i < cells.length; i++) {
            long cell = (long) CELLS.getOpaque(cells, i);
            sum[i] = isMax(i) ? Math.max(sum[i], cell) : sum[i] + cell;
        }
        return sum;
    }

    TriggerCounts read(long[] sum) {
        long[] outcomes = new long[Outcomes.COUNT];
        System.arraycopy(sum, PAD, outcomes, 0, Outcomes.COUNT);
        LatencySnapshot[] latencies = new LatencySnapshot[LATENCIES];
        for (int i = 0; i < LATENCIES; i++) {
            int at = latencyAt(i);
            long[] buckets = new long[LatencyScale.BUCKETS];
            System.arraycopy(sum, at + 2, buckets, 0, buckets.length);
            latencies[i] = new LatencySnapshot(buckets, sum[at], sum[at + 1]);
        }
        WorkerCounts[] perWorker = new WorkerCounts[workers];
        for (int i = 0; i < workers; i++) {
            int at = workerAt(i);
            perWorker[i] = new WorkerCounts(sum[at], sum[at + 1], sum[at + 2]);
        }
        return new TriggerCounts(outcomes, latencies, perWorker);
    }

    long[] zeros() {
        return new long[cells.length];
    }

    private void time(int latency, long nanos, int events) {
        long counted = Math.max(0, nanos);
        int at = latencyAt(latency);
        add(at, events * counted);
        if (counted > (long) CELLS.getOpaque(cells, at + 1)) {
            raise(at + 1, counted);
        }
        add(at + 2 + LatencyScale.bucketOf(counted), events);
    }

    private void add(int cell, long value) {
        if (shared) {
            CELLS.getAndAdd(cells, cell, value);
        } else {
            CELLS.setOpaque(cells, cell, (long) CELLS.getOpaque(cells, cell) + value);
        }
    }

    private void raise(int cell, long value) {
        long seen = (long) CELLS.getOpaque(cells, cell);
        while (value > seen && !CELLS.compareAndSet(cells, cell, seen, value)) {
            seen = (long) CELLS.getOpaque(cells, cell);
        }
    }

    private boolean isMax(int cell) {
        int inLatencies = cell - latencyAt(0);
        return inLatencies >= 0 && inLatencies % LATENCY_CELLS == 1;
    }

    private static int workerAt(int worker) {
        return PAD + Outcomes.COUNT + worker * WORKER_CELLS;
    }

    private int latencyAt(int latency) {
        return workerAt(workers) + latency * LATENCY_CELLS;
    }
}
