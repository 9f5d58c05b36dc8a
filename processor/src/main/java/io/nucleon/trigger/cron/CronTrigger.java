package io.nucleon.trigger.cron;

import io.netty.channel.EventLoop;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.SourceRules;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Delivers an event at each time of a schedule. Its state belongs to one event loop.
 *
 * <p>Runs never overlap: while one goes on, tries after a failure included, the times that pass are counted, and {@code missedRuns} says
 * what becomes of them. An event's timestamp is the time that it is for. Sleeps are cut into pieces, so that a clock that was set, or a
 * machine that slept, shifts a run by no more than a piece.
 */
final class CronTrigger implements Trigger {

    private static final long ONLY_LANE = 0;
    /** The oldest are forgotten: a handler that is always late must not fill the memory. */
    private static final int MOST_MISSED = 10_000;

    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private final TriggerSetting setting;
    private final CronSetting cron;
    private final Deliverer deliverer;
    private final Clock clock;
    private final EventLoop loop;

    private Instant next;
    private boolean running;
    private boolean stopped;
    private final ArrayDeque<Instant> missed = new ArrayDeque<>();
    private Future<?> sleep;

    CronTrigger(TriggerSetting setting, CronSetting cron, Deliverer deliverer) {
        this.setting = setting;
        this.cron = cron;
        this.deliverer = deliverer;
        this.clock = setting.clock();
        this.loop = setting.loops().loop(setting.source().index());
    }

    @Override
    public void start() {
        loop.execute(() -> {
            next = cron.schedule().after(now());
            sleep();
        });
    }

    private Instant now() {
        return Instant.EPOCH.plusNanos(clock.wallNanos());
    }

    private void sleep() {
        if (stopped || next == null) {
            return;
        }
        Duration left = Duration.between(now(), next);
        Duration piece = left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
        sleep = loop.schedule(this::wake, Math.max(0, piece.toNanos()), TimeUnit.NANOSECONDS);
    }

    private void wake() {
        Instant now = now();
        while (next != null && !next.isAfter(now)) {
            due(next);
            next = cron.schedule().after(next);
        }
        sleep();
    }

    private void due(Instant time) {
        if (stopped) {
            return;
        }
        if (!running) {
            run(time);
            return;
        }
        switch (cron.missedRuns()) {
            case ONCE -> {
                missed.clear();
                missed.add(time);
            }
            case SKIP -> {
                // the next time comes anyway
            }
            case ALL -> {
                if (missed.size() == MOST_MISSED) {
                    missed.poll();
                }
                missed.add(time);
            }
        }
    }

    private void run(Instant time) {
        running = true;
        deliverer.deliver(List.of(new Run(time)));
    }

    /** A run has ended; any thread. */
    private void ended() {
        loop.execute(() -> {
            running = false;
            Instant time = stopped ? null : missed.poll();
            if (time != null) {
                run(time);
            }
        });
    }

    @Override
    public CompletionStage<Void> drain() {
        loop.execute(this::end);
        return deliverer.drain();
    }

    private void end() {
        stopped = true;
        if (sleep != null) {
            sleep.cancel(false);
        }
    }

    @Override
    public SourceRules rules() {
        return SourceRules.UNHEARD.ordered();
    }

    @Override
    public void stop() {
        loop.execute(this::end);
    }

    @Override
    public String address() {
        return "";
    }

    private SourceMessage messageOf(Instant time) {
        long nanos = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
        return cron.event().at(nanos);
    }

    /** The event of one time. */
    private final class Run extends SourceEvent {

        Run(Instant time) {
            super(setting.source(), messageOf(time));
        }

        @Override
        public long lane() {
            return ONLY_LANE;
        }

        @Override
        public boolean comesAgain() {
            return false;
        }

        @Override
        public void ack() {
            ended();
        }

        @Override
        public void nack(long delayNanos) {
            ended();
        }

        @Override
        public void hold() {
            ended();
        }
    }
}
