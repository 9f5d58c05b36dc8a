package io.nucleon.platform.local;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The one place where this room makes threads. Stateless. */
final class Threads {
    private Threads() {}

    /** A running thread that doesn't keep the process alive. A platform thread: its calls block outside of Java. */
    static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /** A thread for the end of the process; not started. */
    static Thread atEnd(String name, Runnable work) {
        return Thread.ofPlatform().name(name).unstarted(work);
    }

    /** For what is done later. */
    static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
