package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class RepeatLimiterTest {

    private final ManualClock clock = new ManualClock();
    private final RepeatLimiter limiter = new RepeatLimiter();

    @Test
    void oneLineACauseAMinuteWithTheCount() {
        assertThat(admits("NUC-3006 worker 1 (pid 17) crashed")).isTrue();
        for (int pid = 100; pid < 110; pid++) {
            assertThat(admits("NUC-3006 worker 1 (pid " + pid + ") crashed")).isFalse();
        }
        clock.pass(Duration.ofSeconds(59));
        assertThat(limiter.due(clock.nanoTime())).isEmpty();
        clock.pass(Duration.ofSeconds(1));

        List<LogEvent> due = limiter.due(clock.nanoTime());

        assertThat(due).singleElement().satisfies(event -> {
            assertThat(event.message()).isEqualTo("NUC-3006 worker 1 (pid 109) crashed");
            assertThat(event.fields()).containsExactly(new LogField("repeated", 10L));
        });
        assertThat(admits("NUC-3006 worker 1 (pid 7) crashed")).isFalse();
    }

    @Test
    void aQuietMinuteForgetsACause() {
        admits("NUC-3006 worker crashed");
        clock.pass(Duration.ofMinutes(1));

        assertThat(limiter.due(clock.nanoTime())).isEmpty();
        assertThat(limiter.isWatching()).isFalse();
        assertThat(admits("NUC-3006 worker crashed")).isTrue();
    }

    @Test
    void codesAreCausesAlthoughTheyAreNumbers() {
        assertThat(admits("NUC-3006 worker failed")).isTrue();
        assertThat(admits("NUC-3007 worker failed")).isTrue();
    }

    @Test
    void tooManyCausesShareALine() {
        int written = 0;
        for (int i = 0; i < 10_000; i++) {
            written += admits("cause " + "x".repeat(i % 150) + "y".repeat(i / 150)) ? 1 : 0;
        }

        assertThat(written).isEqualTo(257);
        assertThat(limiter.all(clock.nanoTime())).hasSizeLessThanOrEqualTo(257);
    }

    private boolean admits(String message) {
        return limiter.admits(LogEvent.of(0, Level.WARN, "processor.worker", message), clock.nanoTime());
    }
}
