package io.nucleon.load;

/** What time is read with here: readings are only compared with each other. Stateless. */
final class Stopwatch {
    private Stopwatch() {}

    static long nanos() {
        return System.nanoTime();
    }
}
