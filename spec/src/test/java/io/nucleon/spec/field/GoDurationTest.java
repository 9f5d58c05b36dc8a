package io.nucleon.spec.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "300ms, PT0.3S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        "1h0m0.5s, PT1H0.5S",
        "-2s, PT-2S",
        "+5s, PT5S",
        "7ns, PT0.000000007S",
        "3us, PT0.000003S",
        "3µs, PT0.000003S",
        "3μs, PT0.000003S",
        ".5s, PT0.5S",
        "5.s, PT5S",
        "1s1s, PT2S",
        "2540400h, PT2540400H"
    })
    void readsWhatGoReads(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "-", "1.2.3s", ".s", "1d", "1 s", "1s ", "3000000h", "1e3s", "one", "--1s", "1S"})
    void refusesWhatGoRefuses(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.3S, 300ms",
        "PT1M30S, 1m30s",
        "PT1H, 1h0m0s",
        "PT1.5S, 1.5s",
        "PT0.0000015S, 1.5µs",
        "PT-2S, -2s"
    })
    void writesWhatGoWrites(Duration duration, String text) {
        assertThat(GoDuration.format(duration)).isEqualTo(text);
    }

    @Test
    void readsBackWhatItWrites() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(63));

            assertThat(GoDuration.parse(GoDuration.format(duration)))
                    .as("seed %d", seed)
                    .contains(duration);
        }
    }

    @Test
    void refusesEndlessTexts() {
        assertThat(GoDuration.parse("9".repeat(1_000_000) + "s")).isEmpty();
    }
}
