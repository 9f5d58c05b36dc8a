package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

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
    private final Clock clock;
    private final LongPredicate mayStay = this::mayStay;
    private boolean busy;

    /**
     * Calls for one worker.
     *
     * @param finisher replies and frees
     * @param elsewhere takes what came while the function left its loops
     */
    LoopCalls(JvmRuntime runtime, Consumer<Slot> finisher, Consumer<Invocation> elsewhere) {
        this.runtime = runtime;
        this.clock = runtime.services().clock();
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
                    runEach(call, next, next == first ? first.givenNanos : clock.nanoTime());
                } else {
                    elsewhere.accept(next);
                }
            }
        } finally {
            busy = false;
        }
    }

    /** The first one begins then, each of the others when the one before it is over. */
    private void runEach(HandlerCall call, Invocation batch, long begunNanos) {
        long begun = begunNanos;
        Invocation member = batch;
        while (member != null) {
            Invocation after = member.batchNext;
            member.givenNanos = begun;
            slot.fill(member);
            long over = runInContext(call, begun);
            finisher.accept(slot);
            begun = over;
            member = after;
        }
    }

    private long runInContext(HandlerCall call, long begun) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(call.classLoader());
        long over = call.runAll(slot, begun, mayStay);
        current.setContextClassLoader(before);
        return over;
    }

    /** Counts a call; whether the next one may be made here too. */
    private boolean mayStay(long tookNanos) {
        if (slow.count(tookNanos)) {
            runtime.leaveLoops(tookNanos);
        }
        return runtime.onLoops();
    }
}
