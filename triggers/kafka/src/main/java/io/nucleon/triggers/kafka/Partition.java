package io.nucleon.triggers.kafka;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one partition is done. Records are added, and positions asked for, by the reader's thread; records end on event loops.
 *
 * <p>Offsets can only be committed up to the first record that is not done, so the records behind it are kept here, a few bytes each,
 * until it is.
 */
final class Partition {

    /** One record that was delivered. */
    static final class Entry {
        private final long offset;
        private volatile State state = State.OPEN;

        private Entry(long offset) {
            this.offset = offset;
        }

        long offset() {
            return offset;
        }
    }

    /** What is known of a record. */
    private enum State {
        OPEN,
        /** Its handler answered and acks by itself. */
        HELD,
        DONE,
        /** Given back: whoever reads from the committed offset on does it. */
        RETURNED
    }

    private final TopicPartition id;
    private final int number;
    private final int restart;
    private final Runnable room;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile long ackedUpTo = -1;
    private long first = -1;
    private long next = -1;
    private long committed = -1;
    /** Records that are done and that no confirmed commit has passed: what a killed processor does again, besides the open ones. */
    private int unconfirmed;

    private boolean paused;

    /**
     * @param number names its lanes, 0 or more
     * @param restart open records at which it has room again
     * @param room told when it has come down to that; on any thread
     */
    Partition(TopicPartition id, int number, int restart, Runnable room) {
        this.id = id;
        this.number = number;
        this.restart = restart;
        this.room = room;
    }

    TopicPartition id() {
        return id;
    }

    int number() {
        return number;
    }

    Entry add(long offset) {
        Entry entry = new Entry(offset);
        entries.add(entry);
        open.incrementAndGet();
        if (first < 0) {
            first = offset;
        }
        next = offset + 1;
        return entry;
    }

    void done(Entry entry) {
        end(entry, State.DONE);
    }

    void held(Entry entry) {
        end(entry, State.HELD);
    }

    void returned(Entry entry) {
        end(entry, State.RETURNED);
    }

    private void end(Entry entry, State state) {
        entry.state = state;
        if (open.decrementAndGet() == restart) {
            room.run();
        }
    }

    /** A handler has acked that offset: everything up to it that handlers hold is done. */
    void acked(long offset) {
        synchronized (this) {
            ackedUpTo = Math.max(ackedUpTo, offset);
        }
    }

    /** Records whose events have not ended. */
    int open() {
        return open.get();
    }

    /** Whether no record waits for anything any more, held ones included. */
    boolean isSettled() {
        advance();
        return entries.isEmpty();
    }

    private void advance() {
        for (Entry head = entries.peek(); head != null && isDone(head); head = entries.peek()) {
            entries.poll();
            unconfirmed++;
        }
    }

    private boolean isDone(Entry entry) {
        return entry.state == State.DONE || (entry.state == State.HELD && entry.offset <= ackedUpTo);
    }

    /** The offset to commit, {@code behind} records behind what is done; -1 if there is nothing new. */
    long position(int behind) {
        if (first < 0) {
            return -1;
        }
        advance();
        long reached = entries.isEmpty() ? next : entries.peek().offset;
        long position = Math.max(first, reached - behind);
        return position == committed ? -1 : position;
    }

    /** Records that are done and that no confirmed commit has passed. */
    int unconfirmed() {
        advance();
        return unconfirmed;
    }

    /** A commit of {@link #position} is under way; returns what {@link #confirmed} is to be told when the broker has it. */
    int committed(long position) {
        committed = position;
        return unconfirmed;
    }

    void confirmed(int records) {
        unconfirmed -= records;
    }

    /** The broker has not taken it: it is offered again. */
    void notCommitted() {
        committed = -1;
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean now) {
        paused = now;
    }
}
