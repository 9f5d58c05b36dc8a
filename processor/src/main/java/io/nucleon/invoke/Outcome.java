package io.nucleon.invoke;

/** How an event ended. Exactly one of these comes back for every event. */
public enum Outcome {
    /** The handler returned, whatever status it chose. */
    RESPONDED,
    /** The handler raised; the worker lives. */
    FAILED,
    /** {@code eventTimeout} passed while the handler ran; its worker is replaced. */
    TIMED_OUT,
    /** The worker died while the handler ran. */
    WORKER_LOST,
    /** No worker was free in time, or the waiting line is full, or the processor drains. Not started. */
    UNAVAILABLE,
    /** The caller went away. Nobody reads the answer. */
    CANCELLED
}
