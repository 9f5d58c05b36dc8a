package io.nucleon.polyglot;

/** The one place where threads for contexts are made. */
final class Threads {

    /** Deep recursion ends with the language's own error, by its own limit, before the stack does. */
    private static final long STACK_BYTES = 16L << 20;

    private Threads() {}

    /** A daemon, so that code that doesn't end can't keep the process alive; started. */
    static Thread start(String name, Runnable task) {
        Thread thread = Thread.ofPlatform()
                .daemon(true)
                .name(name)
                .stackSize(STACK_BYTES)
                .unstarted(task);
        thread.start();
        return thread;
    }
}
