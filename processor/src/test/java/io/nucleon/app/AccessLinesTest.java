package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.Look;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.ManualClock;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.PlainEvent;
import io.nucleon.invoke.Raised;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLinesTest {

    private static final int WIDE = 200;

    private final ManualClock clock = new ManualClock();
    private final List<String> lines = new ArrayList<>();

    @Test
    void anAnsweredEvent() {
        line(plain(WIDE), answered(200), Outcome.RESPONDED);

        assertThat(lines)
                .containsExactly("00:00:01.000  ok    GET /                   200  0.41 ms"
                        + "  queue 0.01 + handler 0.32 + transport 0.08  w2  42 B > 18 B  event 000000Z8");
    }

    @Test
    void aHandlersExceptionSaysWhatAndWhere() {
        Invocation failed = answered(500);
        failed.raised = new Raised("ZeroDivisionError", "/srv/orders/main.py:7", "division by zero");

        line(plain(WIDE), failed, Outcome.FAILED);

        assertThat(lines.getFirst())
                .startsWith(
                        "00:00:01.000  FAIL  GET /                   500  0.41 ms  ZeroDivisionError main.py:7  queue");
    }

    @ParameterizedTest
    @CsvSource({"TIMED_OUT, timed out", "WORKER_LOST, worker lost", "UNAVAILABLE, unavailable", "CANCELLED, cancelled"})
    void anEventWithoutAnAnswerSaysWhy(Outcome outcome, String word) {
        line(plain(WIDE), answered(0), outcome);

        assertThat(lines.getFirst()).contains("FAIL").contains("  " + word + "  0.41 ms");
    }

    @Test
    void aNarrowTerminalLosesWhatMattersLeast() {
        line(plain(80), answered(200), Outcome.RESPONDED);
        line(plain(40), answered(200), Outcome.RESPONDED);

        assertThat(lines)
                .containsExactly(
                        "00:00:01.000  ok    GET /                   200  0.41 ms",
                        "00:00:01.000  ok    GET /                   200");
    }

    @Test
    void severalFunctionsAreTold() {
        line(
                new AccessLines.Style(false, false, Look.PLAIN, WIDE, true, true, ZoneOffset.UTC),
                answered(200),
                Outcome.RESPONDED);

        assertThat(lines.getFirst()).startsWith("00:00:01.000  ok    orders  GET /                   200  0.41 ms");
    }

    @Test
    void coloursAreRolesAndLeaveTheTextAsItIs() {
        line(
                new AccessLines.Style(false, false, new Look(true, true), WIDE, true, false, ZoneOffset.UTC),
                answered(200),
                Outcome.RESPONDED);

        assertThat(lines.getFirst()).contains("\u001b[32mok  \u001b[0m");
        line(plain(WIDE), answered(200), Outcome.RESPONDED);
        assertThat(lines.getFirst().replaceAll("\u001b\\[[0-9]*m", "").substring(0, 100))
                .isEqualTo(lines.getLast().substring(0, 100));
    }

    @Test
    void nothingThatCameMovesTheCursor() {
        Invocation failed = answered(500);
        failed.raised = new Raised("A\u001b[2J\nB", "", "");

        line(plain(WIDE), failed, Outcome.FAILED);

        assertThat(lines.getFirst()).doesNotContain("\u001b", "\n").contains("A\\u001b[2J?B");
    }

    @Test
    void jsonHasTheWholeIdAndEveryFigure() {
        line(
                new AccessLines.Style(false, true, Look.PLAIN, WIDE, false, false, ZoneOffset.UTC),
                answered(200),
                Outcome.RESPONDED);

        assertThat(lines.getFirst())
                .matches(
                        "\\{\"apiVersion\":\"v1\",\"kind\":\"event\",\"id\":\"000000Z8[0-9A-Z]{18}\",\"function\":\"orders\",\"trigger\":\"http\","
                                + "\"source\":\"GET /\",\"state\":\"ok\",\"outcome\":\"responded\",\"status\":200,"
                                + "\"ms\":\\{\"total\":0.410,\"queue\":0.010,\"handler\":0.320,\"transport\":0.080\\},\"worker\":2,"
                                + "\"bytes\":18,\"error\":null\\}");
    }

    private static AccessLines.Style plain(int columns) {
        return new AccessLines.Style(false, false, Look.PLAIN, columns, true, false, ZoneOffset.UTC);
    }

    private Invocation answered(int status) {
        Invocation invocation =
                new Invocation(PlainEvent.of(0, 42), null, new InvocationIds(clock), clock.nanoTime(), 0);
        invocation.givenNanos = clock.nanoTime() + Duration.ofNanos(10_000).toNanos();
        invocation.answeredNanos = clock.nanoTime() + Duration.ofNanos(410_000).toNanos();
        invocation.handlerNanos = 320_000;
        invocation.answerBytes = 18;
        invocation.worker = 2;
        invocation.status = status;
        return invocation;
    }

    private void line(AccessLines.Style style, Invocation invocation, Outcome outcome) {
        new AccessLines(lines::add, clock, style).of("orders").ended(invocation, outcome, invocation.status);
    }
}
