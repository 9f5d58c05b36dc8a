package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventRun;
import io.nucleon.invoke.Invocation;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.wrapper.handler.LoadedHandler;
import io.nuclio.EventHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongPredicate;

/** One worker's handler, called with the event of a slot. Confined to one thread at a time: the worker's, or its loop. */
final class HandlerCall {

    /**
     * A worker goes on in a run for that long, then other lanes have their turn: far more than the way back to the lane costs, and no longer
     * than an event may wait behind others of its worker before it is taken back.
     */
    private static final long MOST_RUN_NANOS = 2_000_000;

    private static final VarHandle STARTED_NANOS;

    static {
        try {
            STARTED_NANOS = MethodHandles.lookup().findVarHandle(HandlerCall.class, "startedNanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LoadedHandler code;
    private final JvmContext context;
    private final Clock clock;
    private final boolean bodyView;
    private final WorkerListener listener;
    private final Lap lap;
    private EventHandler handler;
    private volatile long startedNanos;

    /**
     * Calls for one worker.
     *
     * @param listener told of events of a run that are done, when the next one begins in their place
     * @param limited whether an event's time may be over, so that each one's begin is noted
     */
    HandlerCall(
            LoadedHandler code,
            JvmContext context,
            Clock clock,
            boolean bodyView,
            WorkerListener listener,
            boolean limited) {
        this.code = code;
        this.context = context;
        this.clock = clock;
        this.bodyView = bodyView;
        this.listener = listener;
        this.lap = new Lap(limited || !listener.countsOnly() ? 1 : Lap.MOST_EVENTS);
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
        STARTED_NANOS.setRelease(this, nowNanos);
    }

    /** When the event in hand was begun, or a later one will be; any thread. */
    long startedNanos() {
        return startedNanos;
    }

    /**
     * Runs it, begun at {@code begunNanos}, and then what follows in its run as long as each event is done and {@code may} lets it go on. Leaves
     * the last answer in the slot and returns when that was. Never throws.
     *
     * <p>Of what lives long nothing is made to refer to an event of a run: for each such write the collector asks for a fence.
     *
     * @param may asked after each look at the clock, with the ns since the one before
     */
    long runAll(Slot slot, long begunNanos, LongPredicate may) {
        Invocation first = slot.invocation();
        JvmEvent event = lend(first, first.event());
        // Shown before the look: whoever closes the invocation and then looks for what to revoke finds it, or we see
        // the close.
        VarHandle.fullFence();
        if (!first.isOpen()) {
            event.revoke();
            slot.skip();
            return begunNanos;
        }
        context.begin(slot);
        run(slot, event);
        long over = clock.nanoTime();
        slot.took(over - begunNanos);
        boolean goesOn = may.test(over - begunNanos);
        EventRun run = slot.run();
        if (run != null) {
            over = goesOn ? goThrough(slot, run, over, begunNanos + MOST_RUN_NANOS, may) : over;
            run.tookNanos = over - begunNanos;
        }
        context.end();
        return over;
    }

    /** Goes on behind the run's first event, which was over at {@code firstOver}, lap by lap. */
    private long goThrough(Slot slot, EventRun run, long firstOver, long until, LongPredicate may) {
        int last = run.size() - 1;
        int step = 0;
        Invocation inHand = slot.invocation();
        inHand.answeredNanos = firstOver;
        inHand.handlerNanos = slot.handlerNanos();
        long over = firstOver;
        boolean goesOn = true;
        while (goesOn && over - until < 0) {
            long begun = over;
            starts(begun);
            Invocation before = null;
            int most = lap.events();
            int begins = 0;
            while (begins < most && step < last && run.isDone(slot)) {
                Event event = run.event(step + 1);
                if (event == null) {
                    break;
                }
                Invocation next = run.prepare(step, event, begun);
                JvmEvent lent = lend(next, event);
                if (!run.advance(step)) {
                    break;
                }
                slot.passes(inHand);
                if (begins == 0) {
                    listener.wentOn(inHand, 1);
                }
                before = inHand;
                inHand = next;
                step++;
                begins++;
                run(slot, lent);
            }
            if (begins == 0) {
                break;
            }
            over = clock.nanoTime();
            long each = lap.over(begins, over - begun);
            slot.took(over - begun - (begins - 1) * each);
            if (begins > 1) {
                before.tookFrom(begun, each);
                listener.wentOn(before, begins - 1);
            }
            inHand.tookFrom(over - slot.handlerNanos(), slot.handlerNanos());
            goesOn = begins == most && may.test(over - begun);
        }
        slot.endsWith(inHand);
        return over;
    }

    private JvmEvent lend(Invocation invocation, Event event) {
        JvmEvent lent = new JvmEvent(event, bodyView);
        invocation.loan = lent;
        return lent;
    }

    /** Runs it; leaves the answer in the slot. Never throws. */
    private void run(Slot slot, JvmEvent event) {
        slot.answer().run(handler, context, event);
        event.returned();
        // What interrupted this call is not meant for the next one.
        Thread.interrupted();
    }
}
