package io.nucleon.triggers.shards;

/**
 * How to read. What is not here is the same for all.
 *
 * @param initial where a group begins: {@link Position#START} or {@link Position#LATEST}
 * @param window records of a shard that are open, or done without the leases saying so, at once at most: what a killed processor does again
 * @param behind how many done records the lease's position stays behind
 * @param pollNanos pause after a look that found nothing
 * @param paceNanos least time between two looks into one shard
 * @param leaseNanos after which a lease that stands still is taken over
 * @param commitNanos between changes of a lease's position
 * @param explicitAck whether handlers may ack by themselves
 */
public record ShardSetting(
        Position initial,
        int window,
        int behind,
        long pollNanos,
        long paceNanos,
        long leaseNanos,
        long commitNanos,
        boolean explicitAck) {}
