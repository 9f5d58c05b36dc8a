package io.nucleon.admin;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes this room's threads, all virtual: they wait for operators and do little. */
final class Threads {

    private Threads() {}

    /** A thread for each request to a server. */
    static ExecutorService perRequest(String server) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("admin-" + server + "-", 0).factory());
    }

    /** A started thread. */
    static void start(String name, Runnable work) {
        Thread.ofVirtual().name(name).start(work);
    }
}
