package io.nucleon.app;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.Outcome;
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
final class AccessLines implements InvocationListener {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STATUS_FAILED = 500;

    private final LineSink sink;
    private final Clock clock;
    private final boolean json;
    private final LongAdder served = new LongAdder();
    private final LongAdder failed = new LongAdder();

    AccessLines(LineSink sink, Clock clock, boolean json) {
        this.sink = sink;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public void ended(Invocation invocation, Outcome outcome, int status) {
        served.increment();
        boolean ok = outcome == Outcome.RESPONDED && status < STATUS_FAILED;
        if (!ok) {
            failed.increment();
        }
        sink.line(json ? object(invocation, outcome, status, ok) : text(invocation, outcome, status, ok));
    }

    private String text(Invocation invocation, Outcome outcome, int status, boolean ok) {
        Event event = invocation.event();
        StringBuilder line = new StringBuilder(160);
        line.append(TIME.format(Instant.ofEpochMilli(clock.wallNanos() / 1_000_000)));
        line.append(ok ? "  ok    " : "  FAIL  ");
        String what = clean(event.method() + " " + event.path());
        line.append(what);
        for (int i = what.length(); i < 22; i++) {
            line.append(' ');
        }
        line.append(outcome == Outcome.RESPONDED || outcome == Outcome.FAILED ? String.valueOf(status) : word(outcome));
        Split split = Split.of(invocation);
        line.append(String.format(
                Locale.ROOT,
                "  %.2f ms  queue %.2f + handler %.2f + transport %.2f",
                split.total,
                split.queue,
                split.handler,
                split.transport));
        if (invocation.worker >= 0) {
            line.append("  w").append(invocation.worker);
        }
        return line.append("  ").append(event.bodyLength()).append(" B").toString();
    }

    private static String object(Invocation invocation, Outcome outcome, int status, boolean ok) {
        Event event = invocation.event();
        Split split = Split.of(invocation);
        return String.format(
                Locale.ROOT,
                "{\"apiVersion\":\"v1\",\"kind\":\"event\",\"trigger\":%s,\"source\":%s,\"state\":\"%s\",\"outcome\":\"%s\","
                        + "\"status\":%d,\"ms\":{\"total\":%.3f,\"queue\":%.3f,\"handler\":%.3f,\"transport\":%.3f},\"worker\":%d}",
                quoted(event.source().kind()),
                quoted(event.method() + " " + event.path()),
                ok ? "ok" : "failed",
                word(outcome),
                status,
                split.total,
                split.queue,
                split.handler,
                split.transport,
                invocation.worker);
    }

    private static String quoted(String text) {
        return new io.nucleon.error.JsonWriter().value(text).toString();
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Paths come from the network: what would move a terminal's cursor is shown as a question mark. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars()
                .limit(80)
                .forEach(c -> clean.append(c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) ? '?' : (char) c));
        return clean.toString();
    }

    /** Where an event's time went, ms. */
    private record Split(double total, double queue, double handler, double transport) {
        static Split of(Invocation invocation) {
            long end = invocation.answeredNanos == 0 ? invocation.arrivedNanos() : invocation.answeredNanos;
            long total = Math.max(0, end - invocation.arrivedNanos());
            long queue = invocation.givenNanos == 0 ? total : invocation.givenNanos - invocation.arrivedNanos();
            long handler = Math.min(invocation.handlerNanos, total - queue);
            return new Split(
                    total / NANOS_PER_MILLI,
                    queue / NANOS_PER_MILLI,
                    handler / NANOS_PER_MILLI,
                    Math.max(0, total - queue - handler) / NANOS_PER_MILLI);
        }
    }

    long served() {
        return served.sum();
    }

    long failed() {
        return failed.sum();
    }
}
