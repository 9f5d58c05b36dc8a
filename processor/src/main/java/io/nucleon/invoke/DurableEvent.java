package io.nucleon.invoke;

import java.util.Optional;

/**
 * An event of a source that waits to hear what became of it: a record of a stream, a message that wants an ack. It is its own receipt:
 * exactly one of {@link #ack}, {@link #bury}, {@link #nack}, {@link #hold} and a {@link #reject} that said where it is is called, once, after
 * which the event is the source's again. They are called on an event loop and must neither block nor throw.
 */
public interface DurableEvent extends Event {

    /** The lane of events that need no order. */
    long NO_LANE = -1;

    /**
     * Events of one lane run one after the other, in the order in which they were delivered: a partition, a shard, the hash of a key. 0 or
     * more, or {@link #NO_LANE}.
     */
    long lane();

    /** How often the source has delivered it before, as far as it says. */
    default int redeliveries() {
        return 0;
    }

    /** How many workers have died with it before, as far as is known. */
    default int crashes() {
        return 0;
    }

    /**
     * Whether its source gives it again if it hears nothing of it. If not, it is kept in the journal while it waits for another try, so
     * that it outlives the processor.
     */
    default boolean comesAgain() {
        return true;
    }

    /** It is done: its handler has answered. */
    void ack();

    /** It is given up for good and lies where dead letters go. A source that has no word for that hears that it is done. */
    default void bury() {
        ack();
    }

    /**
     * It is not done and nobody here will go on with it; the source may give it to somebody else.
     *
     * @param delayNanos how long the source should wait before it does
     */
    void nack(long delayNanos);

    /** Its handler has answered and said that it will ack the event by itself, later. */
    void hold();

    /**
     * It can't be done. Asked before the event goes to the dead letters, for sources that keep some of their own.
     *
     * @return where the source has put it, for people: "it is in its queue again"; empty = it is to go to the dead letters of its trigger
     */
    default Optional<String> reject() {
        return Optional.empty();
    }
}
