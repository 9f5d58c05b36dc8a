package io.nucleon.support;

/** The one place where this room makes threads. Stateless. */
final class Threads {

    private Threads() {}

    /** A running thread that doesn't keep this JVM alive. */
    static Thread start(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(task);
    }

    /** Runs the task when this JVM ends, unless it is killed. */
    static Thread atExit(String name, Runnable task) {
        Thread hook = Thread.ofPlatform().name(name).unstarted(task);
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }
}
