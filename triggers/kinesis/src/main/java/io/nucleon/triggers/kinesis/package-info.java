/**
 * The trigger on Kinesis data streams.
 *
 * <p>Read {@link io.nucleon.triggers.kinesis.KinesisTriggerFactory}; how shards are shared and read lies in {@code io.nucleon.triggers.shards}.
 */
package io.nucleon.triggers.kinesis;
