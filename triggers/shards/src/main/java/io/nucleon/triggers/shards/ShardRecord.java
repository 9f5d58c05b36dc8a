package io.nucleon.triggers.shards;

import io.nucleon.trigger.SourceMessage;

/**
 * A record as its source has it.
 *
 * @param sequence its place in the shard, in the source's own form
 * @param number the same as a number where explicit acks name it so, else 0
 * @param key records of one key keep their order when that is wanted; null for none. Not copied
 */
@SuppressWarnings("ArrayRecordComponent") // made for one event, read only
public record ShardRecord(String sequence, long number, byte[] key, SourceMessage message) {}
