package io.nucleon.cli;

import io.nucleon.load.Latencies;
import io.nucleon.load.RunResult;
import io.nucleon.load.Tally;
import java.time.Duration;
import java.util.Map;

/** What became of the events of one run, by the times that their processor tells. Any thread; its monitor is held for an addition only. */
final class KindTally {
    private final Latencies latencies = new Latencies();
    private long planned;
    private long answered;
    private long failed;
    private long unsent;
    private long late;

    /** So many more are sent, or should be. */
    synchronized void plan(long events) {
        planned += events;
    }

    /** One more should have been sent that long ago. */
    synchronized void plan(Duration lateBy) {
        planned++;
        late += lateBy.toNanos() > RunResult.LATE_NANOS ? 1 : 0;
        latencies.addLateness(lateBy.toNanos());
    }

    synchronized long planned() {
        return planned;
    }

    /** One has ended, which was sent that long after it should have been. */
    synchronized void ended(SentEvent one, Duration waited) {
        answered += one.answer().isPresent() ? 1 : 0;
        failed += one.isOk() ? 0 : 1;
        Timing timing = one.timing();
        long before = waited.toNanos();
        latencies.add(before + nanos(timing.total()), before + nanos(timing.queue()), nanos(timing.handler()));
    }

    /** So many were never sent: all senders were busy until the end. */
    synchronized void giveUp(long events) {
        failed += events;
        unsent += events;
    }

    synchronized Tally tally() {
        return new Tally(planned, planned - unsent, answered, failed, 0, unsent, Map.of());
    }

    /** All of it, when nobody adds to it any more. */
    synchronized RunResult result(Duration elapsed, Duration sending, double busiest) {
        return new RunResult(tally(), latencies, elapsed.toNanos(), sending.toNanos(), late, busiest);
    }

    private static long nanos(double millis) {
        return Math.round(millis * 1e6);
    }
}
