package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** An output that nobody reads: a real pipe to a stopped process. */
@Timeout(60)
class SlowOutputTest {

    private static final int LINES = 200_000;

    @TempDir
    Path folder;

    @Test
    void aBlockedPipeMakesNobodyWaitAndLossIsTold() throws Exception {
        Path written = folder.resolve("written");
        Process reader = new ProcessBuilder("sh", "-c", "kill -STOP $$; exec cat")
                .redirectOutput(written.toFile())
                .start();
        try {
            LogConfig config = LogConfig.console(Level.DEBUG, LogConfig.Output.STDOUT);
            Logs logs = new Logs(config, reader.getOutputStream(), OutputStream.nullOutputStream(), new ManualClock());
            LineSink out = logs.out();
            int taken = 0;
            for (int i = 0; i < LINES; i++) {
                taken += out.line("line " + i) ? 1 : 0;
            }
            logs.log(LogEvent.of(0, Level.INFO, "processor", "an info"));
            logs.log(LogEvent.of(0, Level.WARN, "processor", "a warning"));
            logs.log(LogEvent.of(0, Level.ERROR, "processor", "an error"));

            assertThat(taken).isBetween(1, LINES - 1);
            assertThat(logs.dropped()).isEqualTo(LINES - taken + 1);
            assertThat(logs.flush(Duration.ofMillis(50)))
                    .as("flush of a blocked pipe")
                    .isFalse();

            signal("CONT", reader);
            assertThat(logs.flush(Duration.ofSeconds(30))).isTrue();
            reader.getOutputStream().close();
            assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
            List<String> lines = Files.readAllLines(written);
            assertThat(lines.stream().filter(line -> line.startsWith("line "))).hasSize(taken);
            assertThat(lines)
                    .anyMatch(line -> line.endsWith("(W) a warning"))
                    .anyMatch(line -> line.endsWith("(E) an error"))
                    .noneMatch(line -> line.endsWith("an info"));
            assertThat(lines.stream().mapToLong(SlowOutputTest::droppedIn).sum())
                    .isEqualTo(logs.dropped());
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void aClosedPipeIsCountedAndHarmsNobody() throws Exception {
        Process reader = new ProcessBuilder("true").start();
        assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
        LogConfig config = LogConfig.console(Level.DEBUG, LogConfig.Output.STDOUT);
        Logs logs = new Logs(config, reader.getOutputStream(), OutputStream.nullOutputStream(), new ManualClock());

        logs.out().line("lost");

        assertThat(logs.flush(Duration.ofSeconds(30))).isTrue();
        assertThat(logs.dropped()).isPositive();
    }

    private static long droppedIn(String line) {
        int at = line.indexOf("dropped=");
        return at < 0 ? 0 : Long.parseLong(line.substring(at + "dropped=".length()));
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
