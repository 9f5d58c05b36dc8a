package io.nucleon.runtime.shell;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes this room's threads. */
final class Threads {

    private Threads() {}

    /** One that starts programs; starting blocks, so it is none of the event loops. */
    static ExecutorService launcher(String function, int index) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("start-" + function + "-" + index)
                .factory());
    }
}
