package io.nucleon.triggers.shards;

import java.util.List;

/**
 * What one look into a shard gave.
 *
 * @param next where to look next; empty when the shard has ended
 */
public record Page(List<ShardRecord> records, String next) {

    public Page {
        records = List.copyOf(records);
    }

    boolean isLast() {
        return next.isEmpty();
    }
}
