package io.nucleon.admin;

/** A latency histogram at one moment. Immutable. */
public final class LatencySnapshot {

    private final long[] buckets;
    private final long count;
    private final long sumNanos;
    private final long maxNanos;

    /** Takes over {@code buckets}. */
    LatencySnapshot(long[] buckets, long sumNanos, long maxNanos) {
        this.buckets = buckets;
        this.sumNanos = sumNanos;
        this.maxNanos = maxNanos;
        long sum = 0;
        for (long bucket : buckets) {
            sum += bucket;
        }
        count = sum;
    }

    /** Both together. */
    public LatencySnapshot plus(LatencySnapshot other) {
        long[] sum = buckets.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.buckets[i];
        }
        return new LatencySnapshot(sum, sumNanos + other.sumNanos, Math.max(maxNanos, other.maxNanos));
    }

    public long count() {
        return count;
    }

    public long sumNanos() {
        return sumNanos;
    }

    public long maxNanos() {
        return maxNanos;
    }

    /** How many took at most that long; exact where {@code nanos} is a power of two from 1,024 on. */
    public long countUpTo(long nanos) {
        long sum = 0;
        for (int i = 0; i < buckets.length && LatencyScale.upperNanos(i) <= nanos; i++) {
            sum += buckets[i];
        }
        return sum;
    }

    /**
     * The time that a share of the events did not pass, ns, at most 1/16 too high; 0 if there were none.
     *
     * @param share 0 to 1, so 0.99 for p99
     */
    public long percentileNanos(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                return Math.min(LatencyScale.upperNanos(i), maxNanos);
            }
        }
        return 0;
    }
}
