package io.nucleon.trigger;

import io.nucleon.spec.trigger.Ordering;
import java.util.Arrays;

/**
 * Which events of a partitioned source wait for one another. Lanes of one partition have its number in their upper bits, whatever the
 * order, so that all of them can be called back with it. Immutable.
 */
public final class Lanes {

    private static final int LANES_BITS = 12;
    private static final int LANES = 1 << LANES_BITS;

    private final Ordering ordering;

    public Lanes(Ordering ordering) {
        this.ordering = ordering;
    }

    /**
     * The lane of an event.
     *
     * @param partition a number of the trigger's own, 0 or more
     * @param key null for none
     * @param place different for events that come one after the other
     */
    public long of(int partition, byte[] key, long place) {
        return (long) partition << LANES_BITS
                | switch (ordering) {
                    case PARTITION -> 0;
                    // Without a key there is nothing to keep in order.
                    case KEY -> spread(key == null ? place : Arrays.hashCode(key));
                    case NONE -> spread(place);
                };
    }

    private static long spread(long number) {
        return Math.floorMod(number, LANES);
    }

    /** Whether that lane is one of the partition of that number. */
    public static boolean isOf(long lane, int partition) {
        return lane >>> LANES_BITS == partition;
    }
}
