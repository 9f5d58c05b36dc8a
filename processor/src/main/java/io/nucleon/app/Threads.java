package io.nucleon.app;

/** Makes this room's threads. */
final class Threads {

    private Threads() {}

    /** A started virtual thread that waits for another host's answer. */
    static Thread forward(String function, Runnable work) {
        return Thread.ofVirtual().name("to-" + function).start(work);
    }
}
