package io.nucleon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.trigger.Retry;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {

    private static final Retry RETRY = new Retry(5, Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2, List.of());

    @Test
    void doublesUpToTheLimit() {
        RetryDelays delays = RetryDelays.of(RETRY, () -> 0.5);

        assertThat(LongStream.rangeClosed(1, 8).map(i -> delays.afterFailures((int) i) / 1_000_000_000L))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(delays.afterFailures(Integer.MAX_VALUE))
                .isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void aPartOfTheWaitIsRandom() {
        assertThat(RetryDelays.of(RETRY, () -> 0.0).afterFailures(1)).isEqualTo(800_000_000L);
        assertThat(RetryDelays.of(RETRY, () -> 1.0).afterFailures(1)).isEqualTo(1_200_000_000L);
    }
}
