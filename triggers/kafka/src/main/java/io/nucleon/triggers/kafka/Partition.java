package io.nucleon.triggers.kafka;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
        private State state = State.OPEN;

        private Entry(long offset) {
            this.offset = offset;
        }

        long offset() {
            return offset;
        }

        /** Release, which {@link #state} pairs with: a full fence for each record would cost more than its place here. */
        private void end(State how) {
            STATE.setRelease(this, how);
        }

        private State state() {
            return (State) STATE.getAcquire(this);
        }
    }

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Entry.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
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
    private final Window window;
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
     * @param window of its open records
     * @param room told when it has room again; on any thread
     */
    Partition(TopicPartition id, int number, Window window, Runnable room) {
        this.id = id;
        this.number = number;
        this.window = window;
        this.room = room;
    }

    TopicPartition id() {
        return id;
    }

    int number() {
        return number;
    }

    Window window() {
        return window;
    }

    /** So many records are about to be added. */
    void opens(int records) {
        open.addAndGet(records);
    }

    /** One of those that {@link #opens} has counted. */
    Entry add(long offset) {
        Entry entry = new Entry(offset);
        entries.add(entry);
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
        entry.end(state);
        if (open.decrementAndGet() == window.restart() - 1) {
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
        State state = entry.state();
        return state == State.DONE || (state == State.HELD && entry.offset <= ackedUpTo);
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
