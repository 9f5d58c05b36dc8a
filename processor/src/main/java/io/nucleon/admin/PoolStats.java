package io.nucleon.admin;

/**
 * What a worker pool has counted since it was made.
 *
 * @param immediate events that found a worker at once
 * @param afterWait events that got one after waiting
 * @param timedOut events that got none in time, or none at all
 * @param waitMillis time that events waited, ms, the unsuccessful ones included
 * @param availablePercentSum sum over the events of the share of workers that were free then, 0 to 100 each
 * @param waiting events that wait now
 */
public record PoolStats(
        long immediate, long afterWait, long timedOut, long waitMillis, long availablePercentSum, int waiting) {

    /** A pool that has counted nothing. */
    public static final PoolStats EMPTY = new PoolStats(0, 0, 0, 0, 0, 0);

    /** Events that asked for a worker and know the answer. */
    public long allocations() {
        return immediate + afterWait + timedOut;
    }
}
