package io.nucleon.triggers.kafka;

import io.nucleon.invoke.EventSpan;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of one partition in a row, and how far they are done: in their order, as they are of one lane. Made by the reader's thread, which
 * also asks how far it is; records end on the lane's event loop.
 */
final class Stretch implements EventSpan {

    private final TriggerSource source;
    private final Reader reader;
    private final Partition partition;
    private final long lane;
    private final List<ConsumerRecord<byte[], ByteBuffer>> records;
    private final long bytes;
    private final boolean plain;
    /** Records before it are done; written on the lane's loop. */
    private volatile int done;
    /** Whether the record at {@link #done}, the only one, is done when its handler says so. */
    private volatile boolean held;
    /** Of the lane's loop: records that have not ended, in whatever way. */
    private int open;

    /**
     * Records that nobody has begun.
     *
     * @param bytes of the records' values, which count as open until all of them have ended
     * @param plain whether none of them has a header
     */
    Stretch(
            TriggerSource source,
            Reader reader,
            Partition partition,
            long lane,
            List<ConsumerRecord<byte[], ByteBuffer>> records,
            long bytes,
            boolean plain) {
        this.source = source;
        this.reader = reader;
        this.partition = partition;
        this.lane = lane;
        this.records = records;
        this.bytes = bytes;
        this.plain = plain;
        this.open = records.size();
    }

    boolean isPlain() {
        return plain;
    }

    @Override
    public long lane() {
        return lane;
    }

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public KafkaEvent event(int index) {
        return new KafkaEvent(source, this, index, records.get(index));
    }

    @Override
    public void ack(int from, int to) {
        // One that was given back is never passed, whatever comes behind it.
        if (from == done) {
            done = to;
        }
        ended(to - from);
    }

    /** The handler has answered and acks by itself: it is the only record. */
    void hold() {
        held = true;
        ended(1);
    }

    /** One is given back: whoever reads from the committed offset on does it. */
    void giveBack() {
        ended(1);
    }

    private void ended(int count) {
        open -= count;
        partition.ended(count);
        reader.ended(open == 0 ? bytes : 0);
    }

    /** How many of its first records are done, if handlers have acked up to that offset. */
    int done(long ackedUpTo) {
        int known = done;
        return held && known == 0 && offset(0) <= ackedUpTo ? 1 : known;
    }

    long offset(int index) {
        return records.get(index).offset();
    }
}
