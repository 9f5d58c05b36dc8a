package io.nucleon.app;

import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.MessageText;
import io.nucleon.invoke.Clock;
import io.nucleon.log.LineSink;
import io.nucleon.watch.SourceWatch.Saved;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@code run} says of a save: one line, and what is wrong with the code if it is not served. Safe for many threads. */
final class ReloadLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** More would push what became of them out of sight. */
    private static final int MOST_NAMED = 2;

    private final LineSink out;
    private final LineSink err;
    private final Clock clock;
    private final Style style;

    /**
     * How lines are written.
     *
     * @param json whether programs read them, as objects on standard output
     * @param quiet whether only what is wrong is told
     * @param named whether each says whose save it was
     */
    record Style(boolean json, boolean quiet, Look look, boolean named, ZoneId zone) {}

    ReloadLines(LineSink out, LineSink err, Clock clock, Style style) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.style = style;
    }

    /**
     * What was saved is served.
     *
     * @param open events that finish on the old code
     * @param lost events that ended with their worker
     * @param restarts what counts from the next start only; null for nothing to say of it
     */
    record Served(int workers, double millis, int open, long lost, ErrorMessage restarts) {}

    void served(Plan plan, Saved saved, Served served) {
        if (style.json()) {
            out.line(object(saved, plan, "ok")
                    .name("workers")
                    .value(served.workers())
                    .name("ms")
                    .json(String.format(Locale.ROOT, "%.1f", served.millis()))
                    .name("open")
                    .value(served.open())
                    .name("lost")
                    .value(served.lost())
                    .endObject()
                    .toString());
        } else if (!style.quiet()) {
            String text = String.format(
                    Locale.ROOT,
                    "%s: %d %s reloaded in %.0f ms, %s",
                    what(saved, plan),
                    served.workers(),
                    served.workers() == 1 ? "worker" : "workers",
                    served.millis(),
                    events(served));
            err.line(line(plan, Role.ACCENT, "~   ", text));
        }
        if (served.restarts() != null) {
            message(served.restarts());
        }
    }

    private static String events(Served served) {
        String open = served.open() == 0
                ? ""
                : count(served.open()) + (served.open() == 1 ? " finishes" : " finish") + " on the old code, ";
        return open + count(served.lost()) + " lost";
    }

    private static String count(long events) {
        return events + (events == 1 ? " event" : " events");
    }

    /** What was saved can't be served; what served before goes on. */
    void refused(Plan plan, Saved saved, List<ErrorMessage> why) {
        if (style.json()) {
            out.line(object(saved, plan, "failed")
                    .name("code")
                    .value(why.getFirst().code().code())
                    .endObject()
                    .toString());
        } else {
            String text = what(saved, plan) + " but not loaded, still serving the last good code";
            err.line(line(plan, Role.WARN, "!   ", text));
        }
        why.forEach(this::message);
    }

    private void message(ErrorMessage message) {
        String text = style.json() ? MessageText.json(message) : MessageText.terminal(message, style.look());
        err.line(text.stripTrailing());
    }

    private JsonWriter object(Saved saved, Plan plan, String state) {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value("reload");
        json.name("function").value(plan.name()).name("state").value(state);
        json.name("files").array();
        names(saved, plan).forEach(json::value);
        return json.endArray();
    }

    private String line(Plan plan, Role role, String mark, String text) {
        return new FittedLine(style.look(), Integer.MAX_VALUE)
                .always(Role.MUTED, TIME.format(now().atZone(style.zone())))
                .always(role, mark)
                .always(null, style.named() ? plan.name() : "")
                .always(null, text)
                .toString();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.wallNanos() / 1_000_000);
    }

    private static String what(Saved saved, Plan plan) {
        List<String> names = names(saved, plan);
        String files = names.size() > MOST_NAMED ? names.size() + " files" : String.join(", ", names);
        return files + (saved.changed().isEmpty() ? " removed" : " saved");
    }

    private static List<String> names(Saved saved, Plan plan) {
        return Stream.concat(saved.changed().stream(), saved.removed().stream())
                .map(path -> Look.harmless(name(path, plan)).replace('\n', '?').replace('\t', '?'))
                .toList();
    }

    private static String name(Path path, Plan plan) {
        if (path.equals(plan.source())) {
            return path.getFileName().toString();
        }
        return path.startsWith(plan.source())
                ? plan.source().relativize(path).toString()
                : Stream.of(path.getFileName(), path)
                        .map(Path::toString)
                        .findFirst()
                        .orElseThrow();
    }
}
