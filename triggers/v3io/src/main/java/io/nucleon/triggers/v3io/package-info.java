/**
 * The trigger on streams of v3io, Iguazio's data layer, over its HTTP API.
 *
 * <p>Read {@link io.nucleon.triggers.v3io.V3ioTriggerFactory}; how shards are shared and read lies in {@code io.nucleon.triggers.shards}.
 */
package io.nucleon.triggers.v3io;
