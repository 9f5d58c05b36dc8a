package io.nucleon.triggers.shards;

import java.util.List;

/**
 * A part of a stream with an order of its own.
 *
 * @param parents shards that it continues; what is in them is done first
 */
public record Shard(String id, List<String> parents) {

    public Shard {
        parents = List.copyOf(parents);
    }
}
