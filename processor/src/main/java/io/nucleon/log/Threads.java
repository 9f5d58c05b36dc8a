package io.nucleon.log;

/** Makes this room's threads. */
final class Threads {

    private Threads() {}

    /** The thread of a writer, not started: a platform thread, as writing to a pipe would hold a carrier; does not keep the process. */
    static Thread writer(String output, Runnable work) {
        return Thread.ofPlatform().daemon().name("log-" + output).unstarted(work);
    }

    /** A thread for the end of the process, not started. */
    static Thread atExit(Runnable work) {
        return Thread.ofPlatform().name("log-exit").unstarted(work);
    }
}
