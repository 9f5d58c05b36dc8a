package io.nucleon.admin;

/**
 * What became of the events of a trigger whose source waits to hear it.
 *
 * @param acked events that are done, dead letters included
 * @param held events that were answered and whose handlers ack by themselves
 * @param returned events that went back to their source
 * @param retried tries after the first
 * @param deadLettered events that were given up
 * @param deadLettersRefused times that a dead letter found no place
 * @param open events taken from the source and not settled yet
 */
public record DeliveryCounts(
        long acked, long held, long returned, long retried, long deadLettered, long deadLettersRefused, long open) {

    /** Of a trigger whose callers wait for the answer. */
    public static final DeliveryCounts NONE = new DeliveryCounts(0, 0, 0, 0, 0, 0, 0);
}
