package io.nucleon.triggers.shards;

import io.nucleon.invoke.Clock;
import java.util.concurrent.locks.LockSupport;

/** Wakes the one thread that waits for it; ringing it never waits. */
final class Bell {

    private final Clock clock;
    private volatile boolean rung;
    private volatile Thread waiting;

    Bell(Clock clock) {
        this.clock = clock;
    }

    /** From any thread, event loops included. */
    void ring() {
        rung = true;
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns when it was rung since the last call, or after that time. Always called by the same thread, which then looks what happened. */
    void await(long nanos) throws InterruptedException {
        waiting = Thread.currentThread();
        long start = clock.nanoTime();
        for (long left = nanos; !rung && left > 0; left = nanos - (clock.nanoTime() - start)) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        rung = false;
    }
}
