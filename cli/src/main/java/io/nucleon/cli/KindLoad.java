package io.nucleon.cli;

import io.nucleon.load.Latencies;
import io.nucleon.load.Load;
import io.nucleon.load.LoadPlan;
import io.nucleon.load.RunResult;
import io.nucleon.load.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Load of events that are no calls: so many at once into the function's trigger below its client, the next when all of them have ended. Times are
 * those that the processor tells. Confined to one thread, but for {@link #stop}.
 */
final class KindLoad implements Load {
    private static final Duration EACH_LOOK = Duration.ofMillis(100);

    private final Sending sending;
    private final EventInput event;
    private final int atOnce;
    private final Clock clock;
    private volatile boolean stopped;

    KindLoad(Sending sending, EventInput event, int atOnce, Clock clock) {
        this.sending = sending;
        this.event = event;
        this.atOnce = atOnce;
        this.clock = clock;
    }

    /** What has ended so far. */
    private static final class Ended implements Sending.Listener {
        private final Latencies latencies = new Latencies();
        private long planned;
        private long answered;
        private long failed;

        @Override
        public void ended(SentEvent one) {
            answered += one.answer().isPresent() ? 1 : 0;
            failed += one.isOk() ? 0 : 1;
            Timing timing = one.timing();
            latencies.add(nanos(timing.total()), nanos(timing.queue()), nanos(timing.handler()));
        }

        private static long nanos(double millis) {
            return Math.round(millis * 1e6);
        }

        Tally tally() {
            return new Tally(planned, planned, answered, failed, 0, 0, Map.of());
        }
    }

    @Override
    public RunResult run(LoadPlan.Length length, Consumer<Tally> progress) {
        Ended ended = new Ended();
        Instant begin = clock.instant();
        Instant looked = begin;
        Duration elapsed = Duration.ZERO;
        while (!stopped && ended.planned < length.count() && elapsed.compareTo(length.duration()) < 0) {
            int some = (int) Math.min(atOnce, length.count() - ended.planned);
            ended.planned += some;
            sending.send(event, some, ended);
            Instant now = clock.instant();
            elapsed = Duration.between(begin, now);
            if (Duration.between(looked, now).compareTo(EACH_LOOK) >= 0) {
                looked = now;
                progress.accept(ended.tally());
            }
        }
        return new RunResult(ended.tally(), ended.latencies, elapsed.toNanos(), elapsed.toNanos(), 0, 0);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        // Each sending has a connection of its own.
    }
}
