package io.nucleon.platform;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The one place where this room makes threads. Stateless. */
public final class Threads {
    private Threads() {}

    /** A running thread that doesn't keep the process alive. A platform thread: its calls block outside of Java. */
    public static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /** A thread for the end of the process; not started. */
    public static Thread atEnd(String name, Runnable work) {
        return Thread.ofPlatform().name(name).unstarted(work);
    }

    /** For what is done later. */
    public static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
