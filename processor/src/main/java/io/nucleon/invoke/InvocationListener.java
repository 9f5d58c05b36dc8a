package io.nucleon.invoke;

/** Told of every invocation that ended, for metrics and access lines. Called on the thread that ended it; must not block or throw. */
@FunctionalInterface
public interface InvocationListener {

    /** Hears of nothing. */
    InvocationListener NOBODY = (invocation, outcome, status) -> {};

    /**
     * An invocation ended.
     *
     * @param outcome how
     * @param status the handler's status, 0 if it gave none
     */
    void ended(Invocation invocation, Outcome outcome, int status);

    /** Whether it only counts, so that it may be told of several at once. */
    default boolean countsOnly() {
        return false;
    }

    /** So many ended alike: with the outcome, the times and the source of this one. More than 1 only if it counts only. */
    default void endedAlike(Invocation one, int events) {
        ended(one, one.outcome, one.status);
    }
}
