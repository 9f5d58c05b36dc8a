package io.nucleon.triggers.kafka;

import io.nucleon.spec.trigger.Ordering;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records wait for one another. Lanes of one partition have its number in their upper bits, whatever the order, so that all of them
 * can be called back with it.
 */
final class Lanes {

    private static final int LANES_BITS = 12;
    private static final int LANES = 1 << LANES_BITS;

    private final Ordering ordering;

    Lanes(Ordering ordering) {
        this.ordering = ordering;
    }

    /** The lane of a record of that partition. */
    long of(Partition partition, ConsumerRecord<byte[], ?> kafka) {
        return (long) partition.number() << LANES_BITS
                | switch (ordering) {
                    case PARTITION -> 0;
                    // Without a key there is nothing to keep in order.
                    case KEY -> kafka.key() == null ? spread(kafka.offset()) : spread(Arrays.hashCode(kafka.key()));
                    case NONE -> spread(kafka.offset());
                };
    }

    private static long spread(long number) {
        return Math.floorMod(number, LANES);
    }

    /** Whether that lane is one of the partition of that number. */
    static boolean isOf(long lane, int partition) {
        return lane >>> LANES_BITS == partition;
    }
}
