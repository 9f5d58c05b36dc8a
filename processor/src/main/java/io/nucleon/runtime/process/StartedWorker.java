package io.nucleon.runtime.process;

import java.util.concurrent.CompletableFuture;

/**
 * A wrapper that was started, and the socket on which it is awaited. Immutable.
 *
 * @param exit completes when it and all that it started have ended
 */
record StartedWorker(WorkerSocket socket, WorkerLife life, CompletableFuture<WorkerExit> exit) {

    /** Ends it. */
    void discard() {
        life.killTree();
        socket.close();
    }
}
