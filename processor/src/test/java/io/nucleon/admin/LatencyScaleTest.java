package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LatencyScaleTest {

    private static final long LONGEST = 1L << 42;

    @Property
    void bucketHoldsItsTimeAndIsAtMostOneSixteenthTooHigh(@ForAll @LongRange(min = 1, max = LONGEST) long nanos) {
        int bucket = LatencyScale.bucketOf(nanos);

        long upper = LatencyScale.upperNanos(bucket);
        assertThat(upper).isGreaterThanOrEqualTo(nanos);
        assertThat(upper - nanos).isLessThanOrEqualTo(Math.max(63, nanos / 16));
        if (bucket > 0) {
            assertThat(LatencyScale.upperNanos(bucket - 1)).isLessThan(nanos);
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
