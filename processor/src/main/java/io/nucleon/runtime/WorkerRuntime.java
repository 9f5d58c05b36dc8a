package io.nucleon.runtime;

import io.nucleon.invoke.Invocation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One worker's share of a function runtime: runs what it is given, in order, one at a time (or up to the function's in-flight number
 * when its handler is asynchronous).
 *
 * <p>It is confined to its {@link #owner()}: {@link #offer} is called there and its listener is called there. The other methods may be
 * called from any thread.
 */
public interface WorkerRuntime {

    /** The thread that the worker belongs to. */
    Owner owner();

    /** Starts it; {@link WorkerListener#ready} or {@link WorkerListener#lost} follows. */
    void start();

    /** The most invocations that it can hold at once, running and prefetched. */
    int capacity();

    /** How many it may run at the same time: 1, or the function's in-flight number. */
    int concurrency();

    /** Whether it goes on by itself in the run of an invocation; if not, it ends with the one that it was given. */
    default boolean knowsRuns() {
        return false;
    }

    /**
     * Takes an invocation (with its batch) whose {@code givenNanos} is now. Owner's thread; only between {@code ready} and {@code lost}, and
     * never more than {@link #capacity()} at once. The runtime owns it until it has closed it and called {@link WorkerListener#freed}, or
     * has handed it back by {@link WorkerListener#lost}. A handler in this process that never waits is run in here: then the invocation is
     * freed before this returns, and one that is offered meanwhile is run after it.
     */
    void offer(Invocation invocation);

    /**
     * Takes back what it has not begun and will not begin, so that others can run it while this one sits in a long handler. Owner's
     * thread. Empty where that can't be told without ending the worker.
     */
    default List<Invocation> takeBack() {
        return List.of();
    }

    /**
     * Runs the handler's drain callback after the event in hand; done when that returned or the termination timeout passed. Done at once
     * where handlers have none: what is in hand then ends in its own time.
     */
    default CompletionStage<Void> drain() {
        return CompletableFuture.completedFuture(null);
    }

    /** Takes events again after {@link #drain()}. */
    default void resume() {}

    /**
     * Ends it for good: lets what was begun finish within {@code graceNanos}, runs the termination callback, then kills what is left,
     * tree and all. What had not begun is handed back. When it is called again the grace counts anew, from then on.
     */
    CompletionStage<Void> stop(long graceNanos);

    /** Its state now; any thread. */
    WorkerSnapshot snapshot();
}
