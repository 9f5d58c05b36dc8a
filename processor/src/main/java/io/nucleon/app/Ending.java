package io.nucleon.app;

import io.nucleon.admin.LatencySnapshot;
import io.nucleon.chaos.Chaos;
import io.nucleon.command.Terminal;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.invoke.Clock;
import java.time.Duration;
import java.util.Locale;

/** The end of {@code run}: lets open events finish and says what there was. Confined to one thread. */
final class Ending {

    private static final Chaos.Counts QUIET = new Chaos.Counts(0, 0, 0);

    private final Terminal terminal;
    private final ReloadLines.Style style;
    private final AccessLines access;
    private final Chaos chaos;

    /** @param chaos null for none */
    Ending(Terminal terminal, ReloadLines.Style style, AccessLines access, Chaos chaos) {
        this.terminal = terminal;
        this.style = style;
        this.access = access;
        this.chaos = chaos;
    }

    /** Ends the host. */
    void drain(Host host, Duration grace) {
        long start = Clock.system().nanoTime();
        Look look = style.look();
        boolean talks = !style.quiet() && !style.json();
        if (talks) {
            terminal.err().print(look.symbols("^C  draining " + host.open() + " events (Ctrl-C again drops them) … "));
            terminal.err().flush();
        }
        boolean finished = host.stop(grace);
        double seconds = (Clock.system().nanoTime() - start) / 1e9;
        if (style.json()) {
            terminal.out().println(object(host, finished, seconds));
        } else if (talks) {
            terminal.err().printf(Locale.ROOT, "%s in %.1f s%n", finished ? "done" : "gave up", seconds);
            terminal.err().println(look.symbols(summary(host)));
            if (!ChaosLines.summary(struck()).isEmpty()) {
                terminal.err().println(ChaosLines.summary(struck()));
            }
        }
    }

    private Chaos.Counts struck() {
        return chaos == null ? QUIET : chaos.counts();
    }

    private String summary(Host host) {
        long served = access.served();
        if (served == 0) {
            return "served 0";
        }
        LatencySnapshot total = total(host);
        return String.format(
                Locale.ROOT,
                "served %,d: %,d ok, %,d failed · p50 %.2f ms · p99 %.2f ms",
                served,
                served - access.failed(),
                access.failed(),
                total.percentileNanos(0.5) / 1e6,
                total.percentileNanos(0.99) / 1e6);
    }

    private static LatencySnapshot total(Host host) {
        return host.hosted().stream()
                .map(function -> function.metrics().counts().total())
                .reduce(LatencySnapshot::plus)
                .orElseThrow();
    }

    private String object(Host host, boolean finished, double seconds) {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value("drain");
        json.name("state").value(finished ? "done" : "gave up");
        json.name("ms").json(String.format(Locale.ROOT, "%.1f", seconds * 1e3));
        json.name("served").value(access.served()).name("failed").value(access.failed());
        json.name("p50").json(millis(host, 0.5)).name("p99").json(millis(host, 0.99));
        json.name("killed").value(struck().killed()).name("delayed").value(struck().delayed());
        return json.endObject().toString();
    }

    private String millis(Host host, double share) {
        return access.served() == 0
                ? "null"
                : String.format(Locale.ROOT, "%.3f", total(host).percentileNanos(share) / 1e6);
    }
}
