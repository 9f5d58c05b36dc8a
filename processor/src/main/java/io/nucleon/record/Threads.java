package io.nucleon.record;

/** The one place where this room makes threads, all virtual: they wait for the disk and for workers. */
final class Threads {

    private Threads() {}

    static Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }
}
