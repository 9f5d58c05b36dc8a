package io.nucleon.builder.source;

/** The one place where this room makes threads. Stateless. */
final class Threads {
    private Threads() {}

    /** A running thread that doesn't keep the command alive. */
    static Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }
}
