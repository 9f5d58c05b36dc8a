package io.nucleon.triggers.shards;

import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;

/** A record as an event. */
final class ShardEvent extends SourceEvent {

    private final ShardReader reader;
    private final Progress.Entry entry;
    private final long lane;

    ShardEvent(ShardReader reader, SourceMessage message, Progress.Entry entry, long lane) {
        super(reader.source(), message);
        this.reader = reader;
        this.entry = entry;
        this.lane = lane;
    }

    @Override
    public long lane() {
        return lane;
    }

    @Override
    public void ack() {
        reader.ended(this, entry, Progress.State.DONE);
    }

    @Override
    public void nack(long delayNanos) {
        reader.ended(this, entry, Progress.State.RETURNED);
    }

    @Override
    public void hold() {
        reader.ended(this, entry, Progress.State.HELD);
    }
}
