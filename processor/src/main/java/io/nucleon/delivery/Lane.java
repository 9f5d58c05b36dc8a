package io.nucleon.delivery;

import java.util.ArrayDeque;

/** Events that run one after the other. Belongs to its loop. */
final class Lane {

    final long id;
    final LaneTable table;
    /** Whether the table is to look at it. */
    boolean queued;

    private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
    /** The one that runs, or waits for its next try. */
    private Attempt current;
    /** Whether {@link #current} is with a worker, or on its way to the dead letters. */
    private boolean busy;

    Lane(long id, LaneTable table) {
        this.id = id;
        this.table = table;
    }

    void add(Attempt attempt) {
        waiting.add(attempt);
    }

    /** The event to run now; null if one is at it, waits for its next try, or there is none. */
    Attempt next() {
        if (current != null) {
            return null;
        }
        current = waiting.poll();
        busy = current != null;
        return current;
    }

    /** Its next try begins. */
    void runsAgain() {
        busy = true;
    }

    /** It waits for its next try. */
    void rests() {
        busy = false;
    }

    /** Whether that event is the lane's, at rest: false once it was taken back. */
    boolean isResting(Attempt attempt) {
        return current == attempt && !busy;
    }

    boolean isBusy() {
        return busy;
    }

    /** The current one is the source's again. */
    void done() {
        current = null;
        busy = false;
    }

    boolean isEmpty() {
        return current == null && waiting.isEmpty();
    }

    /** Takes out what is not with a worker, in order; null at the end. */
    Attempt takeBack() {
        if (current != null && !busy) {
            Attempt resting = current;
            current = null;
            return resting;
        }
        return waiting.poll();
    }
}
