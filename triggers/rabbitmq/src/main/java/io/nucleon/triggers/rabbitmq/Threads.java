package io.nucleon.triggers.rabbitmq;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The only place that starts threads. */
final class Threads {

    private Threads() {}

    /** Starts a virtual thread: what it does waits for the network most of the time. */
    static Thread start(String name, Runnable task) {
        return Thread.ofVirtual().name(name).start(task);
    }

    /** For the library's callbacks. */
    static ExecutorService pool(String name) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 0).factory());
    }
}
