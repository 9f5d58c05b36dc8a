package io.nucleon.trigger.http;

/** The one place where the triggers make threads. */
final class Threads {

    private Threads() {}

    /** Starts a virtual thread for work that waits. */
    static void startWaiting(String name, Runnable work) {
        Thread.ofVirtual().name(name).start(work);
    }
}
