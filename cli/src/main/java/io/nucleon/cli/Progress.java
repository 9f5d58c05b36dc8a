package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.error.Look;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far long work is: a bar on a terminal, from 400 ms on and redrawn at most ten times a second, or a line each ten seconds. Confined to
 * one thread.
 */
final class Progress {
    private static final int BAR = 20;
    private static final Duration FIRST = Duration.ofMillis(400);
    private static final Duration EACH_BAR = Duration.ofMillis(100);
    private static final Duration EACH_LINE = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Look look;
    private final Clock clock;
    private final boolean shown;
    private final Instant began;
    private Instant next;
    private boolean drawn;

    Progress(Terminal terminal, Look look, Clock clock, boolean shown) {
        this.terminal = terminal;
        this.look = look;
        this.clock = clock;
        this.shown = shown;
        this.began = clock.instant();
        this.next = began.plus(terminal.errIsTerminal() ? FIRST : EACH_LINE);
    }

    /** Since it was made. */
    double seconds() {
        return Duration.between(began, clock.instant()).toMillis() / 1e3;
    }

    /**
     * Shows it if it is time to.
     *
     * @param verb that works
     * @param share that is done, 0 to 1
     * @param text the figures
     */
    void show(String verb, double share, String text) {
        Instant now = clock.instant();
        if (!shown || now.isBefore(next)) {
            return;
        }
        String word = String.format(Locale.ROOT, "%-8s", verb);
        if (terminal.errIsTerminal()) {
            int full = Math.clamp(Math.round(share * BAR), 0, BAR);
            String bar = look.paint(Look.Role.ACCENT, "━".repeat(full))
                    + look.paint(Look.Role.MUTED, "─".repeat(BAR - full)) + "  ";
            terminal.err().print("\r\u001b[K" + look.symbols(fitted(word + bar + text)));
            drawn = true;
            next = now.plus(EACH_BAR);
        } else {
            terminal.err().println(look.symbols(word + text));
            next = now.plus(EACH_LINE);
        }
        terminal.err().flush();
    }

    /**
     * Leaves a full bar behind, or a line in a pipe.
     *
     * @param verb that has worked
     * @param text the figures
     */
    void end(String verb, String text) {
        clear();
        String bar = terminal.errIsTerminal() ? look.paint(Look.Role.ACCENT, "━".repeat(BAR)) + "  " : "";
        terminal.err().println(look.symbols(fitted(String.format(Locale.ROOT, "%-8s", verb) + bar + text)));
        terminal.err().flush();
    }

    /** Frees the line for something else. */
    void clear() {
        if (drawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            drawn = false;
        }
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
