package io.nucleon.triggers.mqtt;

/** The only place that starts threads. */
final class Threads {

    private Threads() {}

    /** Starts a virtual thread: what it does waits for the network most of the time. */
    static Thread start(String name, Runnable task) {
        return Thread.ofVirtual().name(name).start(task);
    }
}
