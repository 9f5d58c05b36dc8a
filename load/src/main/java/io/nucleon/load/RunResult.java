package io.nucleon.load;

/**
 * One run, over all threads of the generator.
 *
 * @param elapsedNanos from the first intended moment to the last answer
 * @param sendNanos how long requests were sent, or should have been
 * @param late how many requests the generator came to more than 1 ms after their moment
 * @param busiest the largest share of its time that a thread of the generator was on a CPU, 0 to 1
 */
public record RunResult(
        Tally tally, Latencies latencies, long elapsedNanos, long sendNanos, long late, double busiest) {

    /** A request that is this late is called late: two hundred times what sending one takes. */
    public static final long LATE_NANOS = 1_000_000;

    /** Answers a second. */
    public double rate() {
        return elapsedNanos == 0 ? 0 : tally.answered() * 1e9 / elapsedNanos;
    }

    /** Share of the requests that the generator came to late, 0 to 1. */
    public double lateShare() {
        return tally.planned() == 0 ? 0 : (double) late / tally.planned();
    }

    /** Share of the events that failed, 0 to 1. */
    public double failedShare() {
        return tally.planned() == 0 ? 0 : (double) tally.failed() / tally.planned();
    }

    RunResult and(RunResult other) {
        latencies.add(other.latencies);
        return new RunResult(
                tally.plus(other.tally),
                latencies,
                Math.max(elapsedNanos, other.elapsedNanos),
                Math.max(sendNanos, other.sendNanos),
                late + other.late,
                Math.max(busiest, other.busiest));
    }
}
