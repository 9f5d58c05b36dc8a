package io.nucleon.builder.source;

/** The one place where this room makes threads. Stateless. */
public final class Threads {
    private Threads() {}

    /** A running thread that doesn't keep the command alive. */
    public static Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }
}
