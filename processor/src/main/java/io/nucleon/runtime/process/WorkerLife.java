package io.nucleon.runtime.process;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What runs one incarnation's wrapper: a process, or a thread of this one. Safe for many threads. */
interface WorkerLife {

    /** Process id, 0 in this process. */
    long pid();

    /** Its handler is loaded: what it holds from now on is for events. */
    void becameReady();

    /** Sends it a signal; whether there is a process to get it. */
    boolean signal(int number);

    /** The newest lines of its standard error, oldest first. */
    List<String> lastErrors();

    /** Ends it and all that it started. */
    void killTree();

    /** Completes when it and all that it started have ended. Asked once. */
    CompletableFuture<WorkerExit> exit();
}
