package io.nucleon.trigger;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of the events that a trigger has open. Safe for many threads. */
public final class Backlog {

    /** Bodies that wait here are memory of the processor; beyond this they wait at the broker. */
    private static final long MOST_BYTES = 64L << 20;

    private final AtomicLong bytes = new AtomicLong();

    public void add(long more) {
        bytes.addAndGet(more);
    }

    public void remove(long less) {
        bytes.addAndGet(-less);
    }

    public boolean isFull() {
        return bytes.get() >= MOST_BYTES;
    }
}
