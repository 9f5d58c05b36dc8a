package io.nucleon.cli;

import io.nucleon.load.Load;
import io.nucleon.load.LoadPlan;
import io.nucleon.load.RunResult;
import io.nucleon.load.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    @Override
    public RunResult run(LoadPlan.Length length, Consumer<Tally> progress) {
        KindTally tally = new KindTally();
        Sending.Listener listener = new Sending.Listener() {
            @Override
            public void ended(SentEvent one) {
                tally.ended(one, Duration.ZERO);
            }
        };
        Instant begin = clock.instant();
        Instant looked = begin;
        Duration elapsed = Duration.ZERO;
        while (!stopped && tally.planned() < length.count() && elapsed.compareTo(length.duration()) < 0) {
            int some = (int) Math.min(atOnce, length.count() - tally.planned());
            tally.plan(some);
            sending.send(event, some, listener);
            Instant now = clock.instant();
            elapsed = Duration.between(begin, now);
            if (Duration.between(looked, now).compareTo(EACH_LOOK) >= 0) {
                looked = now;
                progress.accept(tally.tally());
            }
        }
        return tally.result(elapsed, elapsed, 0);
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
