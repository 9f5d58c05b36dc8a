package io.nucleon.app;

import io.nucleon.chaos.Chaos;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look.Role;
import io.nucleon.invoke.Clock;
import io.nucleon.log.LineSink;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What {@code run --chaos} says of each fault: one line, on standard error or, for programs, as an object. Safe for many threads. */
final class ChaosLines implements Chaos.Listener {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final LineSink out;
    private final LineSink err;
    private final Clock clock;
    private final ReloadLines.Style style;

    ChaosLines(LineSink out, LineSink err, Clock clock, ReloadLines.Style style) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.style = style;
    }

    @Override
    public void killed(String function, int worker, long pid) {
        if (style.json()) {
            out.line(object(function, "kill", worker, pid).endObject().toString());
        } else {
            line(function, "chaos: w" + worker + " killed · pid " + pid);
        }
    }

    @Override
    public void delayed(String function, int worker, long pid, long millis) {
        if (style.json()) {
            out.line(object(function, "delay", worker, pid)
                    .name("ms")
                    .value(millis)
                    .endObject()
                    .toString());
        } else {
            line(function, "chaos: w" + worker + " stands still for " + millis + " ms · pid " + pid);
        }
    }

    /** What has struck in all; empty for nothing. */
    static String summary(Chaos.Counts counts) {
        return counts.killed() + counts.delayed() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "chaos: %,d %s killed, %,d stood still for %.1f s in all",
                        counts.killed(),
                        counts.killed() == 1 ? "worker" : "workers",
                        counts.delayed(),
                        counts.delayedMillis() / 1e3);
    }

    private static JsonWriter object(String function, String fault, int worker, long pid) {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value("chaos");
        json.name("function").value(function).name("fault").value(fault);
        return json.name("worker").value(worker).name("pid").value(pid);
    }

    private void line(String function, String text) {
        if (!style.quiet()) {
            Instant now = Instant.ofEpochMilli(clock.wallNanos() / 1_000_000);
            err.line(new FittedLine(style.look(), Integer.MAX_VALUE)
                    .always(Role.MUTED, TIME.format(now.atZone(style.zone())))
                    .always(Role.WARN, "!   ")
                    .always(null, style.named() ? function : "")
                    .always(null, text)
                    .toString());
        }
    }
}
