package io.nucleon.runtime.process;

import io.netty.util.concurrent.Future;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds handlers that run longer than {@code eventTimeout}. One look a tick, at the oldest open invocation: a worker that runs one event at
 * a time begins it when it was given or when the one before was answered, whichever is later. Confined to the loop.
 */
final class Overruns {

    /** A tenth of the limit, so that it fires at most a tenth late. */
    private static final int TICKS_PER_TIMEOUT = 10;

    private static final long LEAST_TICK_NANOS = 5_000_000;
    private static final long MOST_TICK_NANOS = 250_000_000;

    /** In which a worker prints its handler's stack, and can still answer. */
    private static final long STACK_MILLIS = 50;

    private final ProcessWorker worker;
    private final long timeoutNanos;
    private Future<?> ticks;
    /** Was told to print its handler's stack and will be ended for it; null for none. */
    private Incarnation asked;

    Overruns(ProcessWorker worker, long timeoutNanos) {
        this.worker = worker;
        this.timeoutNanos = timeoutNanos;
    }

    void watch() {
        if (timeoutNanos > 0 && ticks == null) {
            long tick = Math.clamp(timeoutNanos / TICKS_PER_TIMEOUT, LEAST_TICK_NANOS, MOST_TICK_NANOS);
            ticks = worker.loop().scheduleAtFixedRate(this::look, tick, tick, TimeUnit.NANOSECONDS);
        }
    }

    void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    private void look() {
        Incarnation incarnation = worker.current();
        if (incarnation == null || incarnation == asked || !incarnation.isReady()) {
            return;
        }
        List<Invocation> late = incarnation.overdue(worker.clock().nanoTime() - timeoutNanos);
        if (late.isEmpty()) {
            return;
        }
        if (incarnation.askForStack()) {
            asked = incarnation;
            worker.loop().schedule(() -> end(incarnation, late), STACK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            end(incarnation, late);
        }
    }

    /** Those that were answered meanwhile need no end; one that was not takes the worker with it. */
    private void end(Incarnation incarnation, List<Invocation> late) {
        asked = null;
        if (incarnation != worker.current()) {
            return;
        }
        String place = StackPlace.in(incarnation.lastErrors(), worker.setting().directory());
        for (Invocation one : late) {
            if (one.isOpen()) {
                ErrorMessage why = Ends.timedOut(worker.setting(), one.id(), place);
                incarnation.fail(one, Outcome.TIMED_OUT, why);
                incarnation.overran(why);
            }
        }
    }
}
