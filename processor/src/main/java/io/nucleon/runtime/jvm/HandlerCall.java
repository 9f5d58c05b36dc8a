package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventRun;
import io.nucleon.invoke.Invocation;
import io.nucleon.wrapper.handler.LoadedHandler;
import io.nuclio.EventHandler;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** One worker's handler, called with the event of a slot. Confined to one thread at a time: the worker's, or its loop. */
final class HandlerCall {

    /**
     * A worker goes on in a run for that long, then other lanes have their turn: far more than the way back to the lane costs, and no longer
     * than an event may wait behind others of its worker before it is taken back.
     */
    private static final long MOST_RUN_NANOS = 2_000_000;

    private final LoadedHandler code;
    private final JvmContext context;
    private final Clock clock;
    private final boolean bodyView;
    private final Consumer<Invocation> wentOn;
    private EventHandler handler;
    private volatile long startedNanos;
    /** Read by the loop after it has closed the invocation. */
    private volatile JvmEvent inHand;

    /** {@code wentOn}: told of each event of a run that is done, when the next one begins in its place. */
    HandlerCall(LoadedHandler code, JvmContext context, Clock clock, boolean bodyView, Consumer<Invocation> wentOn) {
        this.code = code;
        this.context = context;
        this.clock = clock;
        this.bodyView = bodyView;
        this.wentOn = wentOn;
    }

    ClassLoader classLoader() {
        return code.classLoader();
    }

    /** Makes the handler; once, before anything is run. Fails as {@link LoadedHandler#newInstance}. */
    void prepare() {
        handler = code.newInstance();
    }

    /** Notes a begin: before the slot is claimed or the run goes on, so that whoever has seen that sees no older one. */
    void starts(long nowNanos) {
        startedNanos = nowNanos;
    }

    /** When the event in hand was begun, or a later one will be; any thread. */
    long startedNanos() {
        return startedNanos;
    }

    /**
     * Runs it, begun at {@code begunNanos}, and then what follows in its run as long as each event is done and {@code may} lets it go on. Leaves
     * the last answer in the slot and returns when that was. Never throws.
     *
     * @param may asked after each event, with the ns that its handler took
     */
    long runAll(Slot slot, long begunNanos, LongPredicate may) {
        long over = run(slot, begunNanos);
        boolean goesOn = may.test(over - begunNanos);
        EventRun run = slot.run();
        if (run == null) {
            return over;
        }
        long until = begunNanos + MOST_RUN_NANOS;
        int last = run.size() - 1;
        for (int step = 0; goesOn && step < last && over - until < 0 && goOn(slot, run, step, over); step++) {
            long begun = over;
            over = run(slot, begun);
            goesOn = may.test(over - begun);
        }
        run.tookNanos = over - begunNanos;
        return over;
    }

    /** Puts what follows in the run into the slot, if the event in it is done. */
    private boolean goOn(Slot slot, EventRun run, int step, long nowNanos) {
        if (slot.isSkipped() || !run.isDone(slot)) {
            return false;
        }
        Event event = run.event(step + 1);
        if (event == null) {
            return false;
        }
        Invocation next = slot.invocation().following(event, nowNanos);
        starts(nowNanos);
        if (!run.advance(step, next)) {
            return false;
        }
        wentOn.accept(slot.replace(next, nowNanos));
        return true;
    }

    /** Runs it, begun at {@code begunNanos}; leaves the answer in the slot and returns when that was. Never throws. */
    private long run(Slot slot, long begunNanos) {
        Invocation invocation = slot.invocation();
        JvmEvent event = new JvmEvent(invocation.event(), bodyView);
        // Shown before the look: whoever closes the invocation and then looks for an event to revoke finds this one, or
        // we see the close.
        inHand = event;
        if (!invocation.isOpen()) {
            event.revoke();
            slot.skip();
            return begunNanos;
        }
        context.begin(slot);
        slot.answer().run(handler, context, event);
        context.end();
        event.revoke();
        // What interrupted this call is not meant for the next one.
        Thread.interrupted();
        long over = clock.nanoTime();
        slot.took(over - begunNanos);
        return over;
    }

    /** The event in hand has been closed: whoever still reads it is refused. */
    void revokeInHand() {
        JvmEvent event = inHand;
        if (event != null) {
            event.revoke();
        }
    }
}
