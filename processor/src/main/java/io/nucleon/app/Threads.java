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

    /** Closes what a replaced version held, which may wait for a thread. */
    static void ending(Runnable work) {
        Thread.ofVirtual().name("ending").start(work);
    }

    /** Starts a browser and waits until it has not failed; started. */
    static void browser(Runnable work) {
        Thread.ofPlatform().daemon().name("browser").start(work);
    }

    /** Waits for saves; started. */
    static Thread watch(Runnable work) {
        return Thread.ofPlatform().daemon(true).name("watch").start(work);
    }

    /** Makes another version of a function ready; started. It compiles, and waits for processes, so it is no virtual one. */
    static Thread reload(String function, Runnable work) {
        return Thread.ofPlatform().daemon(true).name("reload-" + function).start(work);
    }
}
