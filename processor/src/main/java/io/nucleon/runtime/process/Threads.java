package io.nucleon.runtime.process;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Makes this room's threads. */
final class Threads {

    private Threads() {}

    /**
     * One platform thread that lives until it is shut down: the kernel's parent-death signal follows the thread that forked, so what
     * it starts ends with it.
     */
    static ScheduledExecutorService starter(String function) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("start-" + function).factory());
    }

    /** A started thread that the end of the process doesn't wait for. */
    static void early(Runnable work) {
        Thread.ofPlatform().daemon().name("warm-up").start(work);
    }

    /** A started virtual thread, for reading what a process prints. */
    static void pump(String name, Runnable work) {
        Thread.ofVirtual().name(name).start(work);
    }
}
