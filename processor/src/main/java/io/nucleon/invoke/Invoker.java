package io.nucleon.invoke;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs events on workers. Safe for many threads; a call returns at once and never blocks. */
public interface Invoker {

    /**
     * Gives one event to a worker, or lets it wait for one. The event is lent until {@code reply} has been called for the last time. The
     * reply may be called before this returns.
     *
     * @param waitNanos how long the event may wait for a worker, ns; 0 = not at all
     * @return the open invocation, by which the caller can cancel
     */
    Invocation invoke(Event event, long waitNanos, Reply reply);

    /**
     * Gives events to one worker as one batch: the handler sees them as a list, each is answered through its own reply.
     *
     * @param replies one for each event, in the same order
     */
    void invokeBatch(List<? extends Event> events, long waitNanos, List<? extends Reply> replies);

    /** Gives the events of a run to one worker, which ends with one of them: {@link EventRun}. */
    default void invokeRun(EventRun run, long waitNanos) {
        invoke(run.event(0), waitNanos, run);
    }

    /** Whether workers go on in a run by themselves; if not, they end with its first event. */
    default boolean knowsRuns() {
        return false;
    }

    /** Where events go that are not just run and answered. */
    default EventKeeper keeper() {
        return EventKeeper.NONE;
    }

    /**
     * Prepares the workers for a break, as when partitions go to another member: gives them no events, lets them end the one in hand and
     * run the handler's drain callback. Done when they have, or their termination time is over. Ends with {@link #resumeWorkers}.
     */
    default CompletionStage<Void> drainWorkers() {
        return CompletableFuture.completedFuture(null);
    }

    /** The break of one {@link #drainWorkers} is over. */
    default void resumeWorkers() {}

    /** Whether durable sources should pause: events wait and the line is more than half full. */
    boolean isCongested();
}
