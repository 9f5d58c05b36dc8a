/**
 * Reading a stream that is made of shards: which processor reads which, how far each is done, parents before children. What is the same for
 * Kinesis, DynamoDB Streams and v3io.
 *
 * <p>Read {@link io.nucleon.triggers.shards.ShardSource} first, which is what differs, then {@code Coordinator}, which keeps the leases, and
 * {@code ShardReader}, which reads.
 */
package io.nucleon.triggers.shards;
