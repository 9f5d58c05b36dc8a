package io.nucleon.triggers.kafka;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of the records that are open, over all partitions. Safe for many threads. */
final class Backlog {

    /** Bodies that wait here are memory of the processor; beyond this they wait at the broker. */
    private static final long MOST_BYTES = 64L << 20;

    private final AtomicLong bytes = new AtomicLong();

    void add(long more) {
        bytes.addAndGet(more);
    }

    void remove(long less) {
        bytes.addAndGet(-less);
    }

    boolean isFull() {
        return bytes.get() >= MOST_BYTES;
    }
}
