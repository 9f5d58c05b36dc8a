package io.nucleon.invoke;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongPredicate;

/**
 * Sees to it that each event of a durable source is done, by one policy for all of them: runs it, runs it again when that fails, and puts
 * it where dead letters go when it can't be done. Safe for many threads; no call blocks.
 */
public interface Deliverer {

    /**
     * Takes events, in the order of their lanes. Each is lent until its receipt is called, which may happen before this returns; the list is
     * not changed by anybody from now on.
     */
    void deliver(List<? extends DurableEvent> events);

    /** The same for events that are made when they are asked for. */
    void deliverSpans(List<? extends EventSpan> spans);

    /** Whether the source should pause: workers are busy and much waits for them, or dead letters find no place. */
    boolean isCongested();

    /**
     * Gives back ({@link DurableEvent#nack}) what has not started of those lanes; done when what runs has ended. Events of such a lane that
     * are delivered later are taken as usual.
     */
    CompletionStage<Void> recall(LongPredicate lanes);

    /** As {@link Invoker#drainWorkers}, of the workers that run this source's events. */
    CompletionStage<Void> drainWorkers();

    /** As {@link Invoker#resumeWorkers}. */
    void resumeWorkers();

    /** Gives back what has not started and takes no more; done when what runs has ended. */
    CompletionStage<Void> drain();
}
