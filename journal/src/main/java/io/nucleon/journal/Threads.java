package io.nucleon.journal;

/** The one place where this room makes threads. */
final class Threads {

    private Threads() {}

    /** The thread that owns a journal's files; a daemon, since what is not on the disk has not been acknowledged either. */
    static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon().start(work);
    }
}
