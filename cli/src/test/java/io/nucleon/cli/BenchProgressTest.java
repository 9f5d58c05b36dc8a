package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.command.Terminal;
import io.nucleon.error.Look;
import io.nucleon.load.Tally;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is seen of a bench while it runs. */
class BenchProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void isABarOnATerminalAfter400Ms() {
        BenchProgress progress = progress(true, "100", true);
        at(progress, 100, 10);
        at(progress, 5_000, 1_234);
        progress.end();

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[Kbench   ━━━━━━━━━━──────────  5 s  1,234 events  0 failed  5 s left\r\u001b[K");
    }

    @Test
    void hasNoBarWhereItDoesNotFit() {
        BenchProgress progress = progress(true, "40", true);
        at(progress, 5_000, 1_234);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[Kbench   5 s  1,234 events  0 failed  5 s");
    }

    @Test
    void isALineEachTenSecondsInAPipe() {
        BenchProgress progress = progress(false, "", true);
        at(progress, 5_000, 10);
        at(progress, 10_000, 20);
        progress.add(tally(20));
        at(progress, 15_000, 1);
        at(progress, 20_000, 2);
        progress.end();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                bench   10 s  20 events  0 failed  0 s left
                bench   20 s  22 events  0 failed  0 s left
                """);
    }

    @Test
    void isNothingIfNothingIsWanted() {
        at(progress(true, "100", false), 5_000, 10);

        assertThat(err.size()).isZero();
    }

    private void at(BenchProgress progress, long millis, long answered) {
        now = Instant.EPOCH.plusMillis(millis);
        progress.at(tally(answered));
    }

    private static Tally tally(long answered) {
        return new Tally(answered, answered, answered, 0, 0, 0, Map.of());
    }

    private BenchProgress progress(boolean isTerminal, String columns, boolean shown) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                true,
                stream,
                isTerminal,
                stream,
                isTerminal,
                StandardCharsets.UTF_8,
                Map.of("COLUMNS", columns, "NO_COLOR", "1"),
                Path.of("."));
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        return new BenchProgress(terminal, new Look(false, true), clock, shown, 10);
    }
}
