package io.nucleon.worker;

/**
 * A pool's bounds.
 *
 * @param name of the trigger, or of the allocator when shared
 * @param function name of the function, for messages
 * @param workers how many
 * @param maxQueuedEvents events that may wait (Nucleon: 4,096)
 * @param maxQueuedBytes bytes of bodies that may wait (Nucleon: 256 MiB)
 */
public record PoolSetting(String name, String function, int workers, int maxQueuedEvents, long maxQueuedBytes) {

    /** Bounds of the waiting line: more events than a burst brings, less memory than a small machine has. */
    public static final int MAX_QUEUED_EVENTS = 4096;

    public static final long MAX_QUEUED_BYTES = 256L << 20;

    /** A pool with the standard line. */
    public static PoolSetting of(String name, String function, int workers) {
        return new PoolSetting(name, function, workers, MAX_QUEUED_EVENTS, MAX_QUEUED_BYTES);
    }
}
