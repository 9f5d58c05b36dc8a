package io.nucleon.runtime.process;

import io.nucleon.runtime.HostedWrapper;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A wrapper that runs in this process. */
record WorkerThread(HostedWrapper.Running running) implements WorkerLife {

    @Override
    public long pid() {
        return 0;
    }

    @Override
    public void becameReady() {
        // it holds this process's memory
    }

    @Override
    public boolean signal(int number) {
        return false;
    }

    @Override
    public List<String> lastErrors() {
        return List.of();
    }

    @Override
    public void killTree() {
        running.kill();
    }

    @Override
    public CompletableFuture<WorkerExit> exit() {
        return running.exit().thenApply(status -> new WorkerExit(status, null, List.of(), List.of()));
    }
}
