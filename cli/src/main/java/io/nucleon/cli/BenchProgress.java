package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.error.Look;
import io.nucleon.load.Tally;
import java.time.Clock;
import java.util.Locale;

/** How far a bench is. Confined to one thread. */
final class BenchProgress {
    private final Progress progress;
    private final double expectedSeconds;
    private long before;

    /** For load of about so many seconds in all. */
    BenchProgress(Terminal terminal, Look look, Clock clock, boolean shown, double expectedSeconds) {
        this.progress = new Progress(terminal, look, clock, shown);
        this.expectedSeconds = expectedSeconds;
    }

    /** Of the run that is on. */
    void at(Tally soFar) {
        double seconds = progress.seconds();
        progress.show(
                "bench",
                seconds / expectedSeconds,
                String.format(
                        Locale.ROOT,
                        "%.0f s  %,d events  %d failed  %.0f s left",
                        seconds,
                        before + soFar.answered(),
                        soFar.failed(),
                        Math.max(0, expectedSeconds - seconds)));
    }

    /** A run is over. */
    void add(Tally run) {
        before += run.answered();
    }

    /** Nothing more is shown; the line is free. */
    void end() {
        progress.clear();
    }
}
