package io.nucleon.runtime.jvm;

/**
 * How many events of a run share a look at the clock, which costs as much as a quick handler's call does (16 ns of 80, measured). Twice as
 * many as before when those were quick, one after they were not. Confined to the thread that runs the handler.
 */
final class Lap {

    /** Also how many slow events pass unseen, once, when a quick handler becomes slow. */
    static final int MOST_EVENTS = 8;

    /** The least bucket of the histograms that Prometheus gets: while all of a lap are in it, none is counted in a wrong one. */
    private static final long QUICK_NANOS = 4_096;

    private final int most;
    private int events = 1;
    /** What each took when they were quick last. */
    private long usualNanos;

    /** {@code most} of {@link #MOST_EVENTS}; 1 where each event is to be timed by itself. */
    Lap(int most) {
        this.most = most;
    }

    /** How many the next lap has at most. */
    int events() {
        return events;
    }

    /**
     * So many took that long together. Returns what each of them but the last is said to have taken, the last one all that is left: if they
     * were not quick, one of them was held up, and which is not known.
     */
    long over(int done, long tookNanos) {
        long mean = tookNanos / done;
        if (tookNanos > QUICK_NANOS) {
            events = 1;
            return Math.min(mean, usualNanos);
        }
        events = Math.min(most, 2 * events);
        usualNanos = mean;
        return mean;
    }
}
