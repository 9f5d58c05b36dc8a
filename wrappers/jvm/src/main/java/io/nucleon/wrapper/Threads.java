package io.nucleon.wrapper;

/** The one place where the wrapper makes threads. */
final class Threads {

    private Threads() {}

    /** Run by the JVM when it is told to end; not started. */
    static Thread atEnd(Runnable task) {
        return Thread.ofPlatform().name("nucleon-end").unstarted(task);
    }

    /** One that runs beside the main thread and does not keep the JVM alive; started. */
    static void beside(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }
}
