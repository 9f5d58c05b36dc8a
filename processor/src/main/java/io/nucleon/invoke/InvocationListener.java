package io.nucleon.invoke;

/** Told of every invocation that ended, for metrics and access lines. Called on the thread that ended it; must not block or throw. */
@FunctionalInterface
public interface InvocationListener {

    /**
     * An invocation ended.
     *
     * @param outcome how
     * @param status the handler's status, 0 if it gave none
     */
    void ended(Invocation invocation, Outcome outcome, int status);
}
