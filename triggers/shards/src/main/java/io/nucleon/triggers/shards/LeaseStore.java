package io.nucleon.triggers.shards;

import java.util.Map;

/**
 * Where the leases of one group are: the processors of one function and trigger that share a stream. Used by one thread of each processor;
 * methods block, and throw {@link SourceException} when it can't be reached.
 */
public interface LeaseStore extends AutoCloseable {

    /** All leases by their shard, as of now. */
    Map<String, Lease> read() throws InterruptedException;

    /** Puts a lease there, if the one that is there has the version before; false if it has not. The first one needs none. */
    boolean write(Lease lease) throws InterruptedException;

    /** Removes a lease if it is still of that version. */
    void remove(Lease lease) throws InterruptedException;

    /** Whether an owner is known to be dead, so that nobody has to wait until its leases have stood still. */
    default boolean isGone(String owner) {
        return false;
    }

    @Override
    default void close() {}
}
