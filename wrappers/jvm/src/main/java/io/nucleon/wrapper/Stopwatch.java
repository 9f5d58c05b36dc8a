package io.nucleon.wrapper;

/** The wrapper's one look at a clock: lengths of time. */
final class Stopwatch {

    private Stopwatch() {}

    /** Monotonic ns. */
    static long nanos() {
        return System.nanoTime();
    }
}
