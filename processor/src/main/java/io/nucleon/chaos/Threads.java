package io.nucleon.chaos;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Makes this room's threads. */
final class Threads {

    private Threads() {}

    /** Sends signals when their time comes; it doesn't keep the process alive. */
    static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("chaos").factory());
    }
}
