package io.nucleon.app;

import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.Outcome;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.log.LineSink;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * One line an event on standard output, for {@code run}: what came, how it ended, where its time went. Safe for many threads; the sink
 * drops lines rather than hold an event loop up.
 */
final class AccessLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STATUS_FAILED = 500;
    /** Most paths are shorter, so the columns behind them stand below each other. */
    private static final int WHAT_WIDTH = 22;

    private static final int MOST_OF_PATH = 80;

    private final LineSink sink;
    private final Clock clock;
    private final Style style;
    private final LongAdder served = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /**
     * How lines are written.
     *
     * @param silent whether events are only counted
     * @param columns how many the reader has
     * @param shortIds whether a person reads them
     * @param named whether each says whose event it is; those for programs do anyway
     */
    record Style(boolean silent, boolean json, Look look, int columns, boolean shortIds, boolean named, ZoneId zone) {}

    AccessLines(LineSink sink, Clock clock, Style style) {
        this.sink = sink;
        this.clock = clock;
        this.style = style;
    }

    /** What hears of one function's events. */
    InvocationListener of(String function) {
        return (invocation, outcome, status) -> ended(function, invocation, outcome, status);
    }

    private void ended(String function, Invocation invocation, Outcome outcome, int status) {
        served.increment();
        boolean ok = outcome == Outcome.RESPONDED && status < STATUS_FAILED;
        if (!ok) {
            failed.increment();
        }
        if (style.silent()) {
            return;
        }
        sink.line(style.json() ? object(function, invocation, outcome, ok) : text(function, invocation, outcome, ok));
    }

    /** What matters least comes last, since that is left out first. */
    private String text(String function, Invocation invocation, Outcome outcome, boolean ok) {
        Event event = invocation.event();
        Split split = Split.of(invocation);
        String what = clean(originOf(event));
        FittedLine line = new FittedLine(style.look(), style.columns())
                .always(Role.MUTED, TIME.format(now().atZone(style.zone())))
                .always(ok ? Role.OK : Role.ERROR, ok ? "ok  " : "FAIL")
                .always(null, style.named() ? function : "")
                .always(null, what + " ".repeat(Math.max(0, WHAT_WIDTH - what.length())))
                .always(ok ? null : Role.ERROR, status(invocation, outcome))
                .ifFits(null, Split.ms("%.2f", split.total) + " ms");
        if (invocation.raised != null) {
            line.ifFits(Role.ERROR, clean(invocation.raised.brief()));
        }
        return line.ifFits(Role.MUTED, split.text())
                .ifFits(null, invocation.worker < 0 ? "" : "w" + invocation.worker)
                .ifFits(null, event.bodyLength() + " B > " + invocation.answerBytes + " B")
                .ifFits(Role.MUTED, "event " + (style.shortIds() ? shortened(invocation.id()) : invocation.id()))
                .toString();
    }

    private static String originOf(Event event) {
        return RecordedEvent.origin(
                event.source().name(),
                event.source().kind(),
                event.method(),
                event.path(),
                event.extra("topic"),
                event.shard(),
                event.streamOffset());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.wallNanos() / 1_000_000);
    }

    private static String shortened(String id) {
        return id.substring(0, InvocationIds.SHORT_LENGTH);
    }

    private static String status(Invocation invocation, Outcome outcome) {
        return outcome == Outcome.RESPONDED || outcome == Outcome.FAILED
                ? String.valueOf(invocation.status)
                : word(outcome);
    }

    private static String object(String function, Invocation invocation, Outcome outcome, boolean ok) {
        Event event = invocation.event();
        Split split = Split.of(invocation);
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value("event");
        json.name("id").value(invocation.id()).name("function").value(function);
        json.name("trigger").value(event.source().kind());
        json.name("source").value(originOf(event));
        json.name("state").value(ok ? "ok" : "failed").name("outcome").value(word(outcome));
        json.name("status").value(invocation.status);
        json.name("ms").object();
        json.name("total").json(Split.ms("%.3f", split.total));
        json.name("queue").json(Split.ms("%.3f", split.queue));
        json.name("handler").json(Split.ms("%.3f", split.handler));
        json.name("transport").json(Split.ms("%.3f", split.transport())).endObject();
        json.name("worker").value(invocation.worker);
        json.name("bytes").value(invocation.answerBytes);
        json.name("error").value(invocation.raised == null ? null : invocation.raised.brief());
        return json.endObject().toString();
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Paths come from the network: what would move a terminal's cursor is shown in words. */
    private static String clean(String text) {
        String shown = Look.harmless(text.substring(0, Math.min(text.length(), MOST_OF_PATH)));
        return shown.replace('\n', '?').replace('\t', '?');
    }

    /** Where an event's time went, ns. */
    private record Split(long total, long queue, long handler) {
        static Split of(Invocation invocation) {
            long end = invocation.answeredNanos == 0 ? invocation.arrivedNanos() : invocation.answeredNanos;
            long total = Math.max(0, end - invocation.arrivedNanos());
            long queue = invocation.givenNanos == 0 ? total : invocation.givenNanos - invocation.arrivedNanos();
            return new Split(total, queue, Math.min(invocation.handlerNanos, total - queue));
        }

        long transport() {
            return Math.max(0, total - queue - handler);
        }

        String text() {
            return ms("queue %.2f", queue) + ms(" + handler %.2f", handler) + ms(" + transport %.2f", transport());
        }

        static String ms(String format, long nanos) {
            return String.format(Locale.ROOT, format, nanos / NANOS_PER_MILLI);
        }
    }

    long served() {
        return served.sum();
    }

    long failed() {
        return failed.sum();
    }
}
