package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Invocation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Calls a handler that never waits where its event arrived. Confined to the worker's loop.
 *
 * <p>The handler or its reply may bring the next event while it is still on the stack; that one waits until it has returned, so that a
 * handler sees one event at a time and the stack stays flat.
 */
final class LoopCalls {

    private final JvmRuntime runtime;
    private final Consumer<Slot> finisher;
    private final Consumer<Invocation> elsewhere;
    private final Deque<Invocation> waiting = new ArrayDeque<>();
    private final Slot slot = new Slot();
    private final SlowCalls slow = new SlowCalls();
    private boolean busy;

    /**
     * Calls for one worker.
     *
     * @param finisher replies and frees
     * @param elsewhere takes what came while the function left its loops
     */
    LoopCalls(JvmRuntime runtime, Consumer<Slot> finisher, Consumer<Invocation> elsewhere) {
        this.runtime = runtime;
        this.finisher = finisher;
        this.elsewhere = elsewhere;
    }

    /** Whether one of its calls is on the stack. */
    boolean isBusy() {
        return busy;
    }

    /** Calls the handler with the invocation, or with each member of its batch, and with what comes meanwhile. */
    void run(HandlerCall call, Invocation first) {
        if (busy) {
            waiting.add(first);
            return;
        }
        busy = true;
        try {
            for (Invocation next = first; next != null; next = waiting.poll()) {
                if (runtime.onLoops()) {
                    runEach(call, next);
                } else {
                    elsewhere.accept(next);
                }
            }
        } finally {
            busy = false;
        }
    }

    private void runEach(HandlerCall call, Invocation batch) {
        Invocation member = batch;
        while (member != null) {
            Invocation after = member.batchNext;
            slot.fill(member);
            long took = runInContext(call);
            if (slow.count(took)) {
                runtime.leaveLoops(took);
            }
            finisher.accept(slot);
            member = after;
        }
    }

    private long runInContext(HandlerCall call) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(call.classLoader());
        long begun = runtime.services().clock().nanoTime();
        slot.invocation().givenNanos = begun;
        long over = call.run(slot, begun);
        current.setContextClassLoader(before);
        return over - begun;
    }
}
