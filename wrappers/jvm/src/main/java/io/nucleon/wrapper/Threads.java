package io.nucleon.wrapper;

/** The one place where the wrapper makes a thread. */
final class Threads {

    private Threads() {}

    /** Run by the JVM when it is told to end; not started. */
    static Thread atEnd(Runnable task) {
        return Thread.ofPlatform().name("nucleon-end").unstarted(task);
    }
}
