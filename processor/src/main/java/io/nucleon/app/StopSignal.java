package io.nucleon.app;

import java.util.concurrent.CountDownLatch;

/** Waits for SIGTERM or SIGINT, after which the main thread stops everything in order; a second signal halts at once. */
final class StopSignal {

    private static final int EXIT_SECOND_SIGNAL = 130;

    private final CountDownLatch asked = new CountDownLatch(1);

    private StopSignal() {}

    /** Takes the signals over. */
    static StopSignal install() {
        StopSignal signal = new StopSignal();
        sun.misc.Signal.handle(new sun.misc.Signal("INT"), ignored -> signal.ask());
        sun.misc.Signal.handle(new sun.misc.Signal("TERM"), ignored -> signal.ask());
        return signal;
    }

    private void ask() {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(EXIT_SECOND_SIGNAL);
        }
        asked.countDown();
    }

    /** Waits until the process is asked to stop. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
