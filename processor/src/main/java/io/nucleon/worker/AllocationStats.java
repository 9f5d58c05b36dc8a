package io.nucleon.worker;

import java.util.concurrent.atomic.LongAdder;

/** Counts of how events found their workers. Safe for many threads. */
public final class AllocationStats {

    final LongAdder immediate = new LongAdder();
    final LongAdder afterWait = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder waitNanos = new LongAdder();
    final LongAdder availablePercent = new LongAdder();

    public long immediate() {
        return immediate.sum();
    }

    public long afterWait() {
        return afterWait.sum();
    }

    public long timedOut() {
        return timedOut.sum();
    }

    /** Sum of the waits, ms. */
    public long waitMillis() {
        return waitNanos.sum() / 1_000_000;
    }

    /** Sum over allocations of the percentage of workers that were idle then (nuclio's own metric). */
    public long availablePercent() {
        return availablePercent.sum();
    }
}
