package io.nucleon.cli;

/** The one place where this room makes threads. Stateless. */
final class Threads {
    private Threads() {}

    /** A running thread that doesn't keep the command alive. */
    static Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }

    /** A thread for the end of the process; not started. */
    static Thread atEnd(Runnable work) {
        return Thread.ofPlatform().name("nucleon-at-end").unstarted(work);
    }
}
