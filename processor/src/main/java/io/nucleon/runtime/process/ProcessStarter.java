package io.nucleon.runtime.process;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that starts wrapper processes and makes their segments. It is a platform thread that lives as long as the function,
 * since the kernel's parent-death signal follows the thread that forked.
 */
final class ProcessStarter implements AutoCloseable {

    private final ExecutorService thread;

    ProcessStarter(String function) {
        thread = Threads.starter(function);
    }

    void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
