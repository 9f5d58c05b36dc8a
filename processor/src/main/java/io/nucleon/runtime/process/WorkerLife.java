package io.nucleon.runtime.process;

import java.util.concurrent.CompletableFuture;

/** What runs one incarnation's wrapper: a process, or a thread of this one. Safe for many threads. */
interface WorkerLife {

    /** Process id, 0 in this process. */
    long pid();

    /** Ends it and all that it started. */
    void killTree();

    /** Completes when it and all that it started have ended. Asked once. */
    CompletableFuture<WorkerExit> exit();
}
