package io.nucleon.triggers.shards;

import java.util.List;

/**
 * A stream of shards, and its server. Methods block, each for some seconds at most, and are called on virtual threads, several at once. All
 * of them throw {@link SourceException} when the server does not answer or says no.
 */
public interface ShardSource {

    /** The shards whose records are still there, those that get no more included; never empty. */
    List<Shard> shards() throws InterruptedException;

    /** A cursor that begins there. */
    String open(Shard shard, Position from) throws InterruptedException;

    /**
     * Reads on.
     *
     * @param cursor of that shard, from {@link #open} or the last page
     * @param most records, at least 1
     */
    Page read(Shard shard, String cursor, int most) throws InterruptedException;
}
