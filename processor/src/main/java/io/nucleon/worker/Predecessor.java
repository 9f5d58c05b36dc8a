package io.nucleon.worker;

import java.util.concurrent.CompletionStage;

/** Workers that were replaced: they finish what they had begun, then end. Safe for many threads. */
public final class Predecessor {

    private final WorkerSet set;
    private final CompletionStage<Void> ended;

    Predecessor(WorkerSet set, CompletionStage<Void> ended) {
        this.set = set;
        this.ended = ended;
    }

    /** Events that they run still. */
    public int open() {
        return set.held();
    }

    /** Events that ended with one of them, in all its life. */
    public long lost() {
        return set.lost();
    }

    /** Done when the last of them is gone. */
    public CompletionStage<Void> ended() {
        return ended;
    }
}
