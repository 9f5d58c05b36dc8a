package io.nucleon.admin;

import io.nucleon.invoke.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sees whether event loops still turn: gives each a task a second and knows since when one is unanswered. Runs on a virtual thread from
 * {@link #start} to {@link #close}; {@link #problem} may be asked from any thread.
 */
public final class LoopHeartbeat implements AutoCloseable {

    /** A loop that does nothing for so long has a handler or a bug on it: no event takes a loop even for a millisecond. */
    private static final Duration STALL = Duration.ofSeconds(5);
    /** Waking a sleeping loop costs some µs; once a second that is nothing, and a stall is seen within 6 s. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Clock clock;
    private final long stallNanos;
    private final long beatNanos;
    private final Beat[] beats;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The state of one loop; {@code sentAt} is written by the heart's thread, {@code open} by it and, when it answers, by the loop. */
    private static final class Beat {
        final Executor loop;
        volatile long sentAt;
        volatile boolean open;
        volatile boolean ended;

        Beat(Executor loop) {
            this.loop = loop;
        }
    }

    /** The heart of those loops, 5 s without an answer being a stall. */
    public static LoopHeartbeat of(List<? extends Executor> loops, Clock clock) {
        return new LoopHeartbeat(loops, clock, STALL, BEAT);
    }

    LoopHeartbeat(List<? extends Executor> loops, Clock clock, Duration stall, Duration beat) {
        this.clock = clock;
        stallNanos = stall.toNanos();
        beatNanos = beat.toNanos();
        beats = loops.stream().map(Beat::new).toArray(Beat[]::new);
    }

    /** Begins to beat; once. */
    public LoopHeartbeat start() {
        Threads.start("loop-heartbeat", () -> {
            try {
                do {
                    beat();
                } while (!closed.await(beatNanos, TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /** What is wrong with a loop, empty if all turn. */
    public Optional<String> problem() {
        long now = clock.nanoTime();
        for (int i = 0; i < beats.length; i++) {
            if (beats[i].ended) {
                return Optional.of("event loop " + i + " has ended");
            }
            long unanswered = beats[i].open ? now - beats[i].sentAt : 0;
            if (unanswered >= stallNanos) {
                return Optional.of("event loop " + i + " has been stalled for "
                        + TimeUnit.NANOSECONDS.toSeconds(unanswered) + " s");
            }
        }
        return Optional.empty();
    }

    /** Stops to beat. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** One beat; called by the heart's thread. */
    void beat() {
        for (Beat beat : beats) {
            if (beat.open || beat.ended) {
                continue;
            }
            beat.sentAt = clock.nanoTime();
            beat.open = true;
            try {
                beat.loop.execute(() -> beat.open = false);
            } catch (RejectedExecutionException e) {
                beat.ended = true;
            }
        }
    }
}
