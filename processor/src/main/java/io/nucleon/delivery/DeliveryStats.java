package io.nucleon.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What an engine has counted. Safe for many threads. */
public final class DeliveryStats {

    final LongAdder taken = new LongAdder();
    final LongAdder acked = new LongAdder();
    final LongAdder held = new LongAdder();
    final LongAdder returned = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    final LongAdder deadLettersRefused = new LongAdder();

    /** Events whose receipt has not been called. */
    public long open() {
        return taken.sum() - acked.sum() - held.sum() - returned.sum();
    }

    /** Events that were done, dead letters included. */
    public long acked() {
        return acked.sum();
    }

    /** Events whose handlers ack by themselves. */
    public long held() {
        return held.sum();
    }

    /** Events that went back to their source. */
    public long returned() {
        return returned.sum();
    }

    /** Tries after the first. */
    public long retried() {
        return retried.sum();
    }

    /** Events that were given up. */
    public long deadLettered() {
        return deadLettered.sum();
    }

    /** Times that a dead letter found no place. */
    public long deadLettersRefused() {
        return deadLettersRefused.sum();
    }
}
