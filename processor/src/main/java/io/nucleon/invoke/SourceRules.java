package io.nucleon.invoke;

/**
 * How a source treats its events, for those that somebody sends by hand in its place: they take the same way, and what the source would be
 * told is said in these words.
 *
 * @param inOrder whether one event is done before the next begins though the source has no partitions
 * @param ack what an event that is done would bring: {@code would ack}
 * @param bury what one that was given up and lies with the dead letters would ({@link DurableEvent#bury}): the same, if the source has no
 *     word of its own for that
 * @param nack what one that is given back would: {@code would nak}
 * @param reject what one that was given up would, where the source keeps those itself ({@link DurableEvent#reject}); empty where they go
 *     to the dead letters of their trigger
 */
public record SourceRules(boolean inOrder, String ack, String bury, String nack, String reject) {

    private static final String UNSAID = "nobody waits for an ack";

    /** A broker that wants acks, and delivers again what it got none for. */
    public static final SourceRules ACKED = new SourceRules(false, "would ack", "would ack", "would nak", "");

    /** A source that does not want to hear of its events. */
    public static final SourceRules UNHEARD = new SourceRules(false, UNSAID, UNSAID, "would be lost", "");

    /** The same with a source that has a word for what was given up. */
    public SourceRules burying(String words) {
        return new SourceRules(inOrder, ack, words, nack, reject);
    }

    /** The same, one event after the other. */
    public SourceRules ordered() {
        return new SourceRules(true, ack, bury, nack, reject);
    }

    /** The same with a source that takes what was given up. */
    public SourceRules rejecting(String words) {
        return new SourceRules(inOrder, ack, bury, nack, words);
    }
}
