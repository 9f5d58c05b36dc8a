package io.nucleon.worker;

import io.nucleon.error.ErrorMessage;

/** Hears of a pool's life; called on the threads of its workers, must not block. */
public interface PoolListener {

    /** Every worker takes events; called again after each replacement that makes the pool whole. */
    void ready();

    /** A worker is down. */
    void workerLost(int worker, ErrorMessage why, boolean permanent);

    /** What half of the handlers took at most so far, ns, for messages; 0 if none has returned yet. */
    default long medianHandlerNanos() {
        return 0;
    }

    /** A handler acknowledged one of its source's events by itself. */
    default void acked(String topic, int partition, long streamOffset) {}
}
