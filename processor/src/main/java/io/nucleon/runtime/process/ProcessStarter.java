package io.nucleon.runtime.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that starts wrapper processes, makes their segments and looks at what memory they hold. It is a platform thread that
 * lives as long as the function, since the kernel's parent-death signal follows the thread that forked.
 */
final class ProcessStarter implements AutoCloseable {

    /** A kill for want of memory is believed to be a worker's if it came after the last look; a look costs about 50 µs a worker. */
    private static final long LOOK_MILLIS = 1000;

    private final ScheduledExecutorService thread;
    private final Set<WorkerMemory> watched = ConcurrentHashMap.newKeySet();

    ProcessStarter(String function) {
        thread = Threads.starter(function);
        Future<?> _ = thread.scheduleWithFixedDelay(
                () -> watched.forEach(WorkerMemory::look), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void execute(Runnable task) {
        thread.execute(task);
    }

    /** Looks at it until {@link #forget}. Any thread. */
    void watch(WorkerMemory memory) {
        watched.add(memory);
    }

    /** Looks at it now, unless the function ends. Any thread. */
    void look(WorkerMemory memory) {
        try {
            thread.execute(memory::look);
        } catch (RejectedExecutionException e) {
            // nobody will ask
        }
    }

    /** Any thread. */
    void forget(WorkerMemory memory) {
        watched.remove(memory);
    }

    /** Its thread ends when it has done what it was given; the kernel then ends what it has started. */
    void end() {
        thread.shutdown();
    }

    @Override
    public void close() {
        end();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
