package io.nucleon.admin;

/**
 * How many events a second ended lately: a counter looked at once a second, over the last ten. {@link #isDue} and {@link #sample} are called by
 * one thread at a time, {@link #perSecond} by any.
 */
public final class RateMeter {
    private static final int SECONDS = 10;
    private static final long SECOND = 1_000_000_000L;

    private final long[] counts = new long[SECONDS + 1];
    private final long[] times = new long[SECONDS + 1];
    private int samples;
    private volatile double perSecond;

    /** Whether the last sample is a second old; there is no use in one before. */
    public boolean isDue(long nanos) {
        return samples == 0 || nanos - times[(samples - 1) % times.length] >= SECOND;
    }

    /** Takes the counter's value at a moment. */
    public void sample(long nanos, long count) {
        int size = counts.length;
        counts[samples % size] = count;
        times[samples % size] = nanos;
        samples++;
        int oldest = Math.max(0, samples - size) % size;
        long span = nanos - times[oldest];
        perSecond = span == 0 ? 0 : (count - counts[oldest]) * (double) SECOND / span;
    }

    /** Over the last ten seconds, or since the first sample. */
    public double perSecond() {
        return perSecond;
    }
}
