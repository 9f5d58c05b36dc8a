package io.nucleon.runtime;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import java.util.List;

/** Hears of a worker's life. Every method but {@link #wentOn} is called on the worker's owner thread; none may block. */
public interface WorkerListener {

    /** It takes events now; called again after each replacement. */
    void ready();

    /** An invocation was closed and replied to (or its caller is gone); its place is free. */
    void freed(Invocation invocation);

    /** Whether it may be told of several events of a run at once. */
    default boolean countsOnly() {
        return false;
    }

    /**
     * Events of a run are done, each with the outcome and times that are in this one, and another has begun in their place. Any thread.
     *
     * @param events how many, 1 unless it counts only
     */
    default void wentOn(Invocation done, int events) {}

    /** The worker gave an open invocation back without running it, since it drains; its place is free. */
    void handedBack(Invocation invocation);

    /** An event that it holds and has not begun lost its caller: it need not be run, if it can be taken back. */
    default void cancelledUnbegun() {}

    /** The handler acknowledged one of its source's events by itself. */
    default void acked(String topic, int partition, long streamOffset) {}

    /**
     * It takes no events until the next {@link #ready()}. What had begun is failed after this, through {@link #freed}.
     *
     * @param notStarted handed back, in order, open
     * @param permanent no replacement comes: it is stopped, or starting it failed too often
     */
    void lost(List<Invocation> notStarted, ErrorMessage why, boolean permanent);
}
