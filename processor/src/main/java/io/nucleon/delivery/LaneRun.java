package io.nucleon.delivery;

import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventRun;
import io.nucleon.invoke.EventSpan;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.ResponseView;
import java.nio.ByteBuffer;

/**
 * What is left of a lane's span, for a worker that goes through it by itself. The event that it ends with becomes an {@link Attempt}, as if it
 * had been given to the worker alone; those before it are done, those behind it wait in the lane as before.
 *
 * <p>The worker's thread asks for {@link #event}s and whether one {@link #isDone}; what concerns the lane happens on the lane's loop.
 */
final class LaneRun extends EventRun {

    private final DeliveryEngine engine;
    private final Lane lane;
    private final EventSpan span;
    /** Place in the span of the first event. */
    private final int from;

    private final Event first;
    /** Of the worker's loop: the step that the lane was told of last. */
    private int told;
    /** Of the worker's loop: the event that it ended with. */
    private Attempt last;
    /** Of the lane's loop, as all that follows: how many are acked. */
    private int acked;

    private boolean restLeft;

    /** {@code first}: what the handler sees of the lane's next event. */
    LaneRun(DeliveryEngine engine, Lane lane, Event first) {
        this.engine = engine;
        this.lane = lane;
        this.span = lane.span();
        this.from = lane.place();
        this.first = first;
    }

    @Override
    public int size() {
        return span.size() - from;
    }

    @Override
    public Event event(int index) {
        return index == 0 ? first : engine.faceInRun(span.event(from + index));
    }

    @Override
    public boolean isDone(ResponseView response) {
        return engine.verdictOn(response) == Attempt.Verdict.DONE;
    }

    @Override
    public void progressed() {
        int reached = step();
        if (reached > told) {
            told = reached;
            DeliveryEngine.onLoop(lane.table, this::ackDone);
        }
    }

    @Override
    public void respond(Invocation invocation, ResponseView response) {
        endWith(invocation).respond(invocation, response);
    }

    @Override
    public void chunk(Invocation invocation, ByteBuffer part, boolean isLast, boolean failed) {
        endWith(invocation).chunk(invocation, part, isLast, failed);
    }

    @Override
    public void fail(Invocation invocation, Failure failure) {
        endWith(invocation).fail(invocation, failure);
    }

    private Attempt endWith(Invocation invocation) {
        if (last == null) {
            halt();
            last = new Attempt(engine, lane, (DurableEvent) invocation.event().carrier());
            last.run = this;
        }
        return last;
    }

    /** Acks what is done. */
    void ackDone() {
        int to = step();
        if (to > acked) {
            int since = acked;
            acked = to;
            engine.stats().acked.add(to - since);
            span.ack(from + since, from + to);
        }
    }

    /** It ends with the event in hand: what has not begun is the lane's again. */
    void leaveRest() {
        if (!restLeft) {
            restLeft = true;
            halt();
            lane.goOnAt(from + step() + 1);
        }
    }

    /** It has ended, with that event. */
    void ended(Attempt with) {
        ackDone();
        leaveRest();
        lane.endsWith(with);
    }
}
