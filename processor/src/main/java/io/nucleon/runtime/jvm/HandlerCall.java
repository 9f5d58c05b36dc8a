package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.wrapper.handler.LoadedHandler;
import io.nuclio.EventHandler;

/** One worker's handler, called with the event of a slot. Confined to one thread at a time: the worker's, or its loop. */
final class HandlerCall {

    private final LoadedHandler code;
    private final JvmContext context;
    private final Clock clock;
    private final boolean bodyView;
    private EventHandler handler;
    /** Read by the loop after it has closed the invocation. */
    private volatile JvmEvent inHand;

    HandlerCall(LoadedHandler code, JvmContext context, Clock clock, boolean bodyView) {
        this.code = code;
        this.context = context;
        this.clock = clock;
        this.bodyView = bodyView;
    }

    ClassLoader classLoader() {
        return code.classLoader();
    }

    /** Makes the handler; once, before anything is run. Fails as {@link LoadedHandler#newInstance}. */
    void prepare() {
        handler = code.newInstance();
    }

    /** Runs it, begun at {@code begunNanos}; leaves the answer in the slot and returns when that was. Never throws. */
    long run(Slot slot, long begunNanos) {
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
