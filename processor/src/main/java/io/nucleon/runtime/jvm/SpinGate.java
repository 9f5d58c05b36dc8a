package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Clock;
import java.util.function.BooleanSupplier;

/**
 * Looks for a while before a thread sleeps, if that has paid lately: after a look of at most {@link #SPIN_NANOS} in vain the next
 * {@code back} sleeps are taken at once, {@code back} doubling up to {@link #MAX_BACK}; success sets it to 1.
 * Confined to one thread.
 */
final class SpinGate {

    /** Above the hand-over time between two cores, below the damage of a look in vain. */
    private static final long SPIN_NANOS = 25_000;
    /** A look in vain then costs at most 25 µs per thousand sleeps. */
    private static final int MAX_BACK = 1024;

    private static final int LOOKS_PER_CLOCK = 32;

    private final boolean allowed;
    private final Clock clock;
    private int skip;
    private int back = 1;

    SpinGate(boolean allowed, Clock clock) {
        this.allowed = allowed;
        this.clock = clock;
    }

    /** Whether it came; false at once while the gate is shut. */
    boolean await(BooleanSupplier came) {
        if (!allowed) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        long end = clock.nanoTime() + SPIN_NANOS;
        do {
            for (int look = 0; look < LOOKS_PER_CLOCK; look++) {
                if (came.getAsBoolean()) {
                    back = 1;
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (clock.nanoTime() - end < 0);
        skip = back;
        back = Math.min(2 * back, MAX_BACK);
        return false;
    }
}
