package io.nucleon.invoke;

import java.util.concurrent.atomic.AtomicInteger;

/** How many members of a batch are still open; shared by them. */
public final class BatchCount {

    private final AtomicInteger left;

    /** A batch of that size. */
    public BatchCount(int size) {
        left = new AtomicInteger(size);
    }

    /** One member has ended; true if it was the last. */
    public boolean oneLess() {
        return left.decrementAndGet() == 0;
    }
}
