package io.nucleon.app;

/** Makes this room's threads. */
final class Threads {

    private Threads() {}

    /** A started thread that reads what a supervisor sends; it doesn't keep the process alive. */
    static void orders(Runnable work) {
        Thread.ofPlatform().daemon().name("orders").start(work);
    }

    /** A started virtual thread that waits for another host's answer. */
    static Thread forward(String function, Runnable work) {
        return Thread.ofVirtual().name("to-" + function).start(work);
    }
}
