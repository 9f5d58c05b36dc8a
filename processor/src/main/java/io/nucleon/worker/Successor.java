package io.nucleon.worker;

import java.util.concurrent.CompletionStage;

/**
 * Workers of another version of the function, made ready beside those that serve. It ends by {@link #takeOver} or {@link #discard}, one of
 * the two. Confined to one thread, which is no worker's.
 */
public final class Successor {

    private final WorkerPool pool;
    private final WorkerSet set;

    Successor(WorkerPool pool, WorkerSet set) {
        this.pool = pool;
        this.set = set;
    }

    /** Done when every worker could take events; failed with the {@code NucleonException} of the first that can't be had. */
    public CompletionStage<Void> ready() {
        return set.ready();
    }

    /**
     * Puts it into the place of the workers that serve. Events that had not begun there go to it, those that had finish. Waits, some
     * microseconds, for the threads of the workers.
     *
     * @param graceNanos what is left to those that had begun
     */
    public Predecessor takeOver(long graceNanos) {
        return pool.replace(set, graceNanos);
    }

    /** Ends its workers; done when the last is gone. */
    public CompletionStage<Void> discard() {
        return pool.end(set, 0);
    }
}
