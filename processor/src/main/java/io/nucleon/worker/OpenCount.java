package io.nucleon.worker;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.InvocationIds;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many invocations of a pool are open: those that were given a number less those that ended, so that numbering one is no second atomic
 * operation. Safe for many threads.
 */
final class OpenCount {

    private final InvocationIds ids;
    private final AtomicLong ended = new AtomicLong();
    private volatile CompletableFuture<Void> whenNone;

    OpenCount(Clock clock) {
        this.ids = new InvocationIds(clock);
    }

    /** What numbers them. */
    InvocationIds ids() {
        return ids;
    }

    /** So many more have ended. */
    void ended(int invocations) {
        if (ended.addAndGet(invocations) == ids.made() && whenNone != null) {
            whenNone.complete(null);
        }
    }

    int open() {
        long done = ended.get(); // first: what ends in between is then counted as open still
        return (int) (ids.made() - done);
    }

    /** Done when none is open; called when no more of them begin. */
    CompletionStage<Void> none() {
        CompletableFuture<Void> none = new CompletableFuture<>();
        whenNone = none; // before the look: the end of the last one is either seen by it or sees this
        if (open() == 0) {
            none.complete(null);
        }
        return none;
    }
}
