package io.nucleon.admin;

/**
 * The buckets of a latency histogram: 16 to each power of two of ns, so that a percentile is at most 1/16 too high.
 *
 * <pre>
 *   unit  = 64 ns; units u = ceil(ns / unit) - 1, so that a bucket holds (low, high] as Prometheus counts
 *   u below 16   bucket u
 *   u from 16    bucket (e - 3) * 16 + (the 4 bits of u behind its highest one), e = the place of the highest one
 * </pre>
 *
 * Every power of two from 1,024 ns on is a bucket's upper end; Prometheus gets those. Pure functions.
 */
final class LatencyScale {

    private static final int UNIT_BITS = 6;
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;
    /** The last bucket also takes what is over 2^42 ns (73 min). */
    private static final int TOP_BITS = 42 - UNIT_BITS;

    private static final long MAX_UNITS = (1L << TOP_BITS) - 1;

    /** How many buckets there are. */
    static final int BUCKETS = (TOP_BITS - SUB_BITS + 1) * SUB;

    private LatencyScale() {}

    /** The bucket of a length of time; what is below 0 counts as 0. */
    static int bucketOf(long nanos) {
        long units = Math.min((Math.max(nanos, 1) - 1) >> UNIT_BITS, MAX_UNITS);
        if (units < SUB) {
            return (int) units;
        }
        int top = 63 - Long.numberOfLeadingZeros(units);
        return ((top - SUB_BITS + 1) << SUB_BITS) + (int) ((units >> (top - SUB_BITS)) & (SUB - 1));
    }

    /** The longest time that a bucket holds, ns. */
    static long upperNanos(int bucket) {
        if (bucket < SUB) {
            return (bucket + 1L) << UNIT_BITS;
        }
        int shift = (bucket >> SUB_BITS) - 1;
        return (SUB + (bucket & (SUB - 1)) + 1L) << (shift + UNIT_BITS);
    }
}
