package io.nucleon.transport.shm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Two threads that meet, then each do their half of something at about the same moment, round after round. What the halves leave in plain
 * fields may be read by the judge: the meetings order it.
 */
final class Rounds {

    /** The halves begin up to so many steps apart, either one first, so that every interleaving gets its turn. */
    private static final int STEPS = 32;

    /** Without a second core the other thread needs ours. */
    private static final int LOOKS_BEFORE_PARK = 10_000;

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    private Rounds() {}

    /**
     * Plays until {@code length} is over or the judge has seen enough.
     *
     * @param judge called between rounds: looks at what came of one and prepares the next; true ends the game
     * @return rounds played
     */
    static long play(Duration length, Runnable one, Runnable other, BooleanSupplier judge) throws Exception {
        return new Rounds().run(length.toNanos(), one, other, judge);
    }

    private long run(long nanos, Runnable one, Runnable other, BooleanSupplier judge) throws Exception {
        CompletableFuture<Void> opponent = CompletableFuture.runAsync(
                () -> answer(other), task -> Thread.ofPlatform().start(task));
        long until = System.nanoTime() + nanos;
        long round = 0;
        try {
            boolean over = false;
            while (!over && System.nanoTime() - until < 0) {
                begun.set(++round);
                pause(round % STEPS);
                one.run();
                await(ended, round, opponent::isDone);
                over = opponent.isDone() || judge.getAsBoolean();
            }
        } finally {
            begun.set(Long.MAX_VALUE);
        }
        opponent.get(10, TimeUnit.SECONDS);
        return round;
    }

    private void answer(Runnable half) {
        for (long round = 1; await(begun, round, () -> false) != Long.MAX_VALUE; round++) {
            pause(round / STEPS % STEPS);
            half.run();
            ended.set(round);
        }
    }

    private static long await(AtomicLong counter, long value, BooleanSupplier hopeless) {
        int looks = 0;
        while (counter.get() < value && !hopeless.getAsBoolean()) {
            if (++looks % LOOKS_BEFORE_PARK == 0) {
                LockSupport.parkNanos(1);
            }
        }
        return counter.get();
    }

    /** A few ns a step; opaque loads, so that the compiler keeps them and the machine waits for nothing. */
    private void pause(long steps) {
        for (long i = 0; i < steps; i++) {
            begun.getOpaque();
        }
    }
}
