package io.nucleon.runtime.jvm;

/** The one place where threads for handlers are made. */
final class Threads {

    private Threads() {}

    /** A daemon, so that a handler that doesn't end can't keep the process alive; not started. */
    static Thread forHandler(String name, Runnable task) {
        return Thread.ofPlatform().daemon(true).name(name).unstarted(task);
    }
}
