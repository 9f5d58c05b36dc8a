package io.nucleon.wrapper;

import java.util.function.BooleanSupplier;

/** Looks for a while before sleeping, if that has paid lately (PROTOCOL.md §6). Confined to one thread. */
final class SpinGate {

    private static final int LOOKS_PER_CLOCK = 32;

    private final boolean allowed;
    private int skip;
    private int back = 1;

    SpinGate(boolean allowed) {
        this.allowed = allowed;
    }

    /** Whether what is waited for came while it looked; false at once when the gate is shut. */
    boolean spin(BooleanSupplier came) {
        if (!allowed) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        long end = Stopwatch.nanos() + Layout.SPIN_NANOS;
        do {
            for (int look = 0; look < LOOKS_PER_CLOCK; look++) {
                if (came.getAsBoolean()) {
                    back = 1;
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (Stopwatch.nanos() - end < 0);
        skip = back;
        back = Math.min(2 * back, Layout.MAX_BACK);
        return false;
    }
}
