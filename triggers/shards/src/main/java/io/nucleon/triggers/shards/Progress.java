package io.nucleon.triggers.shards;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far one shard is done. Records are added by its reader, end on event loops, and are asked for by the coordinator.
 *
 * <p>A position can only be given up to the first record that is not done, so the records behind it are kept here, a few bytes each, until
 * it is.
 */
final class Progress {

    /** One record that was delivered. */
    static final class Entry {
        private final String sequence;
        private final long number;
        private volatile State state = State.OPEN;

        private Entry(String sequence, long number) {
            this.sequence = sequence;
            this.number = number;
        }
    }

    /** What is known of a record. */
    enum State {
        OPEN,
        /** Its handler answered and acks by itself. */
        HELD,
        DONE,
        /** Given back: whoever reads on from the position does it. */
        RETURNED
    }

    /**
     * How far it is done beyond what was confirmed.
     *
     * @param records how many it passes
     */
    record Reached(String sequence, int records) {}

    private final int behind;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    /** Done, and kept back by the window of acks. */
    private final ArrayDeque<String> kept = new ArrayDeque<>();
    /** Ended as done since the last confirmed position, as far as counted: what makes it worth while to write one. */
    private final AtomicInteger done = new AtomicInteger();

    private final AtomicInteger held = new AtomicInteger();
    private volatile long ackedUpTo = -1;
    private String reached = "";
    private int passed;
    private int unconfirmed;

    /** @param behind records that a position stays behind what is done */
    Progress(int behind) {
        this.behind = behind;
    }

    synchronized Entry add(String sequence, long number) {
        Entry entry = new Entry(sequence, number);
        entries.add(entry);
        unconfirmed++;
        return entry;
    }

    /** On an event loop: only leaves a mark. */
    void end(Entry entry, State state) {
        if (state == State.HELD) {
            held.incrementAndGet();
        } else if (state == State.DONE) {
            done.incrementAndGet();
        }
        entry.state = state;
    }

    /** A handler has acked that record: everything up to it that handlers hold is done. */
    synchronized void acked(long number) {
        ackedUpTo = Math.max(ackedUpTo, number);
    }

    /** Records that are open, or done without a confirmed position. */
    synchronized int unconfirmed() {
        return unconfirmed - held.get();
    }

    /** Records that have ended as done since the last confirmed position. */
    int done() {
        return done.get();
    }

    /** Null if there is nothing new. */
    synchronized Reached reached() {
        advance();
        return passed == 0 ? null : new Reached(reached, passed);
    }

    /** Whether no record waits for anything any more, held ones included. */
    synchronized boolean isSettled() {
        advance();
        return entries.isEmpty();
    }

    private void advance() {
        for (Entry head = entries.peek(); head != null && isDone(head); head = entries.peek()) {
            entries.poll();
            if (head.state == State.HELD) {
                held.decrementAndGet();
                done.incrementAndGet();
            }
            kept.add(head.sequence);
            if (kept.size() > behind) {
                reached = kept.poll();
                passed++;
            }
        }
    }

    private boolean isDone(Entry entry) {
        return entry.state == State.DONE || (entry.state == State.HELD && entry.number <= ackedUpTo);
    }

    /** The position is written. */
    synchronized void confirmed(Reached position) {
        passed -= position.records;
        unconfirmed -= position.records;
        done.addAndGet(-position.records);
    }
}
