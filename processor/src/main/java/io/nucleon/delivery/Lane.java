package io.nucleon.delivery;

import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.EventSpan;
import java.util.ArrayDeque;

/** Events that run one after the other. Belongs to its loop. */
final class Lane {

    final long id;
    final LaneTable table;
    /** Whether the table is to look at it. */
    boolean queued;

    private final ArrayDeque<EventSpan> waiting = new ArrayDeque<>();
    /** Place in the first of {@link #waiting} of the next event that begins. */
    private int place;
    /** The event that is tried, or waits for its next try. */
    private Attempt current;
    /** The run that is with a worker: the first of {@link #waiting} from {@link #place} on. */
    private LaneRun run;
    /** Whether {@link #current} is with a worker, or on its way to the dead letters. */
    private boolean busy;

    Lane(long id, LaneTable table) {
        this.id = id;
        this.table = table;
    }

    void add(EventSpan span) {
        waiting.add(span);
    }

    /** Whether there is an event, and nobody is at one or waits for its next try. */
    boolean mayBegin() {
        return current == null && run == null && !waiting.isEmpty();
    }

    /** Where the next event is. */
    EventSpan span() {
        return waiting.peek();
    }

    /** Its place there. */
    int place() {
        return place;
    }

    /** The next event begins by itself. */
    void begins(Attempt attempt) {
        goOnAt(place + 1);
        current = attempt;
        busy = true;
    }

    /** What is left of the span begins together. */
    void begins(LaneRun together) {
        run = together;
    }

    /** The event at that place of the span begins next, or the first of the next span. */
    void goOnAt(int next) {
        place = next;
        if (next == waiting.peek().size()) {
            waiting.poll();
            place = 0;
        }
    }

    /** The run has ended with that event, whose try goes on by itself. */
    void endsWith(Attempt last) {
        run = null;
        current = last;
        busy = true;
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
        return busy || run != null;
    }

    /** The current one is the source's again. */
    void done() {
        current = null;
        busy = false;
    }

    boolean isEmpty() {
        return current == null && run == null && waiting.isEmpty();
    }

    /** Takes out what is not with a worker, in order; null at the end. */
    Attempt takeBack(DeliveryEngine engine) {
        if (current != null && !busy) {
            Attempt resting = current;
            current = null;
            return resting;
        }
        if (run != null) {
            run.leaveRest();
        }
        if (waiting.isEmpty()) {
            return null;
        }
        DurableEvent next = waiting.peek().event(place);
        goOnAt(place + 1);
        return new Attempt(engine, this, next);
    }
}
