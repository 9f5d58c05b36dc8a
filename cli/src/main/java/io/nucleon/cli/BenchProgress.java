package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.error.Look;
import io.nucleon.load.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far a bench is: a bar on a terminal, redrawn at most ten times a second, or a line each ten seconds. Confined to one thread.
 */
final class BenchProgress {
    private static final int BAR = 20;
    private static final Duration FIRST = Duration.ofMillis(400);
    private static final Duration EACH_LINE = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Look look;
    private final Clock clock;
    private final boolean shown;
    private final Instant began;
    private final double expectedSeconds;
    private Instant lastLine;
    private boolean drawn;
    private long before;
    private long events;
    private long failed;

    /** For load of about so many seconds in all. */
    BenchProgress(Terminal terminal, Look look, Clock clock, boolean shown, double expectedSeconds) {
        this.terminal = terminal;
        this.look = look;
        this.clock = clock;
        this.shown = shown;
        this.expectedSeconds = expectedSeconds;
        this.began = clock.instant();
        this.lastLine = began;
    }

    /** Of the run that is on. */
    void at(Tally soFar) {
        events = before + soFar.answered();
        failed = soFar.failed();
        Instant now = clock.instant();
        if (!shown || Duration.between(began, now).compareTo(FIRST) < 0) {
            return;
        }
        if (terminal.errIsTerminal()) {
            terminal.err().print("\r\u001b[K" + look.symbols(fitted(line(seconds(now)))));
            terminal.err().flush();
            drawn = true;
        } else if (Duration.between(lastLine, now).compareTo(EACH_LINE) >= 0) {
            lastLine = now;
            terminal.err().println(look.symbols(line(seconds(now))));
            terminal.err().flush();
        }
    }

    /** A run is over. */
    void add(Tally run) {
        before += run.answered();
    }

    /** Nothing more is shown; the line is free. */
    void end() {
        if (drawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            drawn = false;
        }
    }

    private double seconds(Instant now) {
        return Duration.between(began, now).toMillis() / 1e3;
    }

    private String line(double seconds) {
        double left = Math.max(0, expectedSeconds - seconds);
        String bar = "";
        if (terminal.errIsTerminal()) {
            int full = (int) Math.min(BAR, Math.round(seconds / expectedSeconds * BAR));
            bar = look.paint(Look.Role.ACCENT, "━".repeat(full)) + look.paint(Look.Role.MUTED, "─".repeat(BAR - full))
                    + "  ";
        }
        return String.format(
                Locale.ROOT,
                "bench   %s%.0f s  %,d events  %d failed  %.0f s left",
                bar,
                seconds,
                events,
                failed,
                left);
    }

    /** Without the bar where it does not fit. */
    private String fitted(String line) {
        int columns = terminal.errColumns();
        String plain = line.replaceAll("\u001b\\[[0-9]*m", "");
        if (plain.length() <= columns) {
            return line;
        }
        String bare = plain.replaceAll("[━─]+ *", "");
        return bare.substring(0, Math.min(columns, bare.length()));
    }
}
