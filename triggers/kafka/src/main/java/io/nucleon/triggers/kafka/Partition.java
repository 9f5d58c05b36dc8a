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

    private final TopicPartition id;
    private final int number;
    private final Window window;
    private final Runnable room;
    private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
    /** How many records of the first stretch are known to be done. */
    private int doneOfFirst;

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

    /** Records that are delivered now, behind those before. */
    void add(Stretch stretch) {
        open.addAndGet(stretch.size());
        stretches.add(stretch);
        if (first < 0) {
            first = stretch.offset(0);
        }
        next = stretch.offset(stretch.size() - 1) + 1;
    }

    /** So many records have ended; any thread. */
    void ended(int records) {
        int left = open.addAndGet(-records);
        int restart = window.restart();
        if (left < restart && left + records >= restart) {
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
        return stretches.isEmpty();
    }

    private void advance() {
        long acked = ackedUpTo;
        for (Stretch head = stretches.peek(); head != null; head = stretches.peek()) {
            int done = head.done(acked);
            unconfirmed += done - doneOfFirst;
            doneOfFirst = done;
            if (done < head.size()) {
                return;
            }
            stretches.poll();
            doneOfFirst = 0;
        }
    }

    /** The offset to commit, {@code behind} records behind what is done; -1 if there is nothing new. */
    long position(int behind) {
        if (first < 0) {
            return -1;
        }
        advance();
        long reached = stretches.isEmpty() ? next : stretches.peek().offset(doneOfFirst);
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
