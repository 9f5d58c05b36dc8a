package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyScaleTest {

    private static final long LONGEST = 1L << 42;

    @Test
    void bucketHoldsItsTimeAndIsAtMostOneSixteenthTooHigh() {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 100_000; i++) {
            // times of every size alike
            assertFits(1 + random.nextLong(LONGEST >> random.nextInt(42)));
        }
    }

    private static void assertFits(long nanos) {
        int bucket = LatencyScale.bucketOf(nanos);

        long upper = LatencyScale.upperNanos(bucket);
        if (upper < nanos || upper - nanos > Math.max(63, nanos / 16)) {
            throw new AssertionError(nanos + " ns are in a bucket up to " + upper);
        }
        if (bucket > 0 && LatencyScale.upperNanos(bucket - 1) >= nanos) {
            throw new AssertionError(nanos + " ns belong into the bucket before " + bucket);
        }
    }

    @Test
    void everyPowerOfTwoFrom1024IsAnUpperEnd() {
        for (int power = 10; power <= 42; power++) {
            long nanos = 1L << power;

            assertThat(LatencyScale.upperNanos(LatencyScale.bucketOf(nanos))).isEqualTo(nanos);
            if (power < 42) {
                assertThat(LatencyScale.bucketOf(nanos + 1)).isEqualTo(LatencyScale.bucketOf(nanos) + 1);
            }
        }
    }

    @Test
    void takesWhatIsNegativeOrTooLong() {
        assertThat(LatencyScale.bucketOf(-5)).isZero();
        assertThat(LatencyScale.bucketOf(Long.MIN_VALUE)).isZero();
        assertThat(LatencyScale.bucketOf(Long.MAX_VALUE)).isEqualTo(LatencyScale.BUCKETS - 1);
    }
}
