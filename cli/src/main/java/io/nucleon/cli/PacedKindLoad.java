package io.nucleon.cli;

import io.nucleon.load.Load;
import io.nucleon.load.LoadPlan;
import io.nucleon.load.RunResult;
import io.nucleon.load.Tally;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Load of events that are no calls, in an open loop: the n-th is due at {@code start + n / rate}, whatever the function does, and its time
 * counts from then. It enters the function's trigger below its client as soon as one of the senders is free, which carry an event each.
 * Confined to one thread, but for {@link #stop} and its senders.
 */
final class PacedKindLoad implements Load {
    private static final Duration EACH_LOOK = Duration.ofMillis(100);

    private final FunctionEvents function;
    private final EventInput event;
    private final double rate;
    private final int senders;
    private final Duration timeout;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);

    PacedKindLoad(FunctionEvents function, EventInput event, double rate, int senders, Duration timeout, Clock clock) {
        this.function = function;
        this.event = event;
        this.rate = rate;
        this.senders = senders;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** What is due and not sent yet, and who sends it. Any thread. */
    private final class Line {
        private final KindTally tally;
        private final Deque<Instant> due = new ArrayDeque<>();
        private boolean complete;
        private int busy;
        private RuntimeException failure;

        Line(KindTally tally) {
            this.tally = tally;
        }

        synchronized void add(Instant moment) {
            due.add(moment);
            notifyAll();
        }

        /** The one that has waited longest, when there is one; null at the end. */
        private synchronized Instant take() throws InterruptedException {
            while (due.isEmpty() && !complete) {
                wait();
            }
            Instant next = due.poll();
            busy += next == null ? 0 : 1;
            return next;
        }

        private synchronized void done(RuntimeException broken) {
            busy--;
            if (broken != null && failure == null) {
                failure = broken;
            }
            notifyAll();
        }

        synchronized boolean isBroken() {
            return failure != null;
        }

        /** Sends one at a time until the end. */
        void send() {
            Sending sending = new Sending(function, timeout, false);
            try {
                for (Instant moment = take(); moment != null; moment = take()) {
                    RuntimeException broken = null;
                    try {
                        Duration waited = Duration.between(moment, clock.instant());
                        tally.ended(sending.sendOne(event), waited);
                    } catch (RuntimeException e) {
                        broken = e;
                    } finally {
                        done(broken);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits until all have ended; what no sender was free for within the time limit of an event is given up. */
        synchronized void finish() throws InterruptedException {
            Instant limit = clock.instant().plus(timeout);
            complete = true;
            notifyAll();
            while (!due.isEmpty() && failure == null) {
                long left = Duration.between(clock.instant(), limit).toMillis();
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
            tally.giveUp(due.size());
            due.clear();
            while (busy > 0) {
                wait();
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Override
    public RunResult run(LoadPlan.Length length, Consumer<Tally> progress) throws InterruptedException {
        KindTally tally = new KindTally();
        Line line = new Line(tally);
        for (int i = 0; i < senders; i++) {
            Threads.start("nucleon-send-" + i, line::send);
        }
        long cpu = cpu();
        Instant begin = clock.instant();
        Instant looked = begin;
        long most =
                Math.min(length.count(), (long) Math.max(1, length.duration().toNanos() / 1e9 * rate));
        for (long i = 0; i < most && !line.isBroken(); i++) {
            Instant moment = begin.plusNanos((long) (i * 1e9 / rate));
            if (stop.await(Duration.between(clock.instant(), moment).toNanos(), TimeUnit.NANOSECONDS)) {
                break;
            }
            Instant now = clock.instant();
            tally.plan(Duration.between(moment, now));
            line.add(moment);
            if (Duration.between(looked, now).compareTo(EACH_LOOK) >= 0) {
                looked = now;
                progress.accept(tally.tally());
            }
        }
        Duration sending = Duration.between(begin, clock.instant());
        double share = (double) (cpu() - cpu) / Math.max(1, sending.toNanos());
        line.finish();
        return tally.result(Duration.between(begin, clock.instant()), sending, share);
    }

    /** CPU time of this thread. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void stop() {
        stop.countDown();
    }

    @Override
    public void close() {
        // Each sending has a connection of its own.
    }
}
