package io.nucleon.runtime.process;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What runs one incarnation's wrapper: a process, or a thread of this one. Safe for many threads. */
interface WorkerLife {

    /** Process id, 0 in this process. */
    long pid();

    /** Ends it and all that it started. */
    void killTree();

    /** Completes with the exit value, when it and all that it started have ended. */
    CompletableFuture<Integer> exit();

    /** The newest lines that it printed to standard error. */
    List<String> lastErrorLines();
}
