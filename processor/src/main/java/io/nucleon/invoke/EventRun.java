package io.nucleon.invoke;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Events of one lane on their way together. The first is invoked like any other; a worker that knows runs then goes on by itself, from one to
 * the next as long as each is done, so that the way from the lane to the worker and back is gone once for all of them. The one it ends
 * with is answered through the reply like any other. What it has not begun is the lane's again.
 *
 * <pre>
 *   0 ............. step ............. size
 *     done,          in     not begun
 *     not replied    hand
 * </pre>
 *
 * <p>The worker's thread moves {@code step} by compare-and-set, and whoever wants the run to end there ({@link #halt}) does the same: so what was
 * not begun then never will be. It takes the place of {@link Invocation#close()} for events that are not the last.
 */
public abstract class EventRun implements Reply {

    private static final VarHandle STEP;

    static {
        try {
            STEP = MethodHandles.lookup().findVarHandle(EventRun.class, "step", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The invocation in hand and the one before or after it, by the lowest bit of their steps. */
    private final Invocation[] invocations = new Invocation[2];
    /** {@code ~step} once it is halted. */
    @SuppressWarnings("unused") // by STEP
    private volatile int step;

    /** ns from the first event's begin to the last one's end; set by the worker's thread before the reply. */
    public long tookNanos;

    /** How many events there are, 1 or more. */
    public abstract int size();

    /** What the handler sees of an event, null if the run is to end before it. Of each but the first asked once, by the worker's thread. */
    public abstract Event event(int index);

    /** Whether an event that was answered so is done, so that the next may begin. On the worker's thread; must not block or throw. */
    public abstract boolean isDone(ResponseView response);

    /** More events before {@link #step()} are done. On the thread that calls the reply, before it or meanwhile; must not block or throw. */
    public abstract void progressed();

    /** The first invocation, before anybody else knows of the run. */
    public final void begins(Invocation first) {
        invocations[0] = first;
    }

    /** The event in hand, or the one that it ended with. Those before it are done. */
    public final int step() {
        int seen = (int) STEP.getAcquire(this);
        return seen < 0 ? ~seen : seen;
    }

    /** The invocation of the event in hand; once halted. */
    public final Invocation inHand() {
        return invocations[step() & 1];
    }

    /**
     * The worker's thread: an invocation of the event behind the one at {@code from}, whose turn it is if {@link #advance} says so. Two are used
     * in turn, so it is the one before's too: whoever hears of an event that is done must not keep its invocation.
     */
    public final Invocation prepare(int from, Event next, long nowNanos) {
        int place = from + 1 & 1;
        Invocation following = invocations[from & 1].following(invocations[place], next, nowNanos);
        invocations[place] = following;
        return following;
    }

    /** The worker's thread: the event at {@code from} is done and the one that was prepared begins; false if it must not. */
    public final boolean advance(int from) {
        return STEP.compareAndSet(this, from, from + 1);
    }

    /** Any thread: it ends with the event in hand, if that is the one at {@code seen}. */
    public final boolean haltAt(int seen) {
        return STEP.compareAndSet(this, seen, ~seen) || (int) STEP.getAcquire(this) == ~seen;
    }

    /** Any thread: it ends with the event in hand. */
    public final void halt() {
        boolean halted = false;
        while (!halted) {
            halted = haltAt(step());
        }
    }
}
