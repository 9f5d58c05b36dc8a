package io.nucleon.invoke;

/** The only place where time is read, so that tests can bring their own. Safe for many threads. */
public interface Clock {

    /** Monotonic ns, for lengths of time. */
    long nanoTime();

    /** Wall clock, ns since 1970 (the resolution is the operating system's). */
    default long wallNanos() {
        return wallNanosAt(nanoTime());
    }

    /** The wall clock at a reading of {@link #nanoTime()} not long ago; saves a second look at a clock. */
    long wallNanosAt(long nanoTime);

    /** The machine's clocks. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
