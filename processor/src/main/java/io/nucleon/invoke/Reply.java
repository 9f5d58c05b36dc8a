package io.nucleon.invoke;

import java.nio.ByteBuffer;

/**
 * The one-shot callback of an event. Exactly one of {@link #respond} and {@link #fail} is called, once, from any thread (for a process
 * runtime: the event loop that owns the worker). It copies what it needs, never blocks, never throws.
 */
public interface Reply {

    /** The handler returned or raised. The view is valid until this returns. */
    void respond(Invocation invocation, ResponseView response);

    /**
     * The next part of a streamed answer, after a {@link #respond} whose view had {@code more()}; from the same thread. {@code failed}
     * comes only with {@code last}: the stream ended before its time.
     */
    void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed);

    /** The event got no answer from its handler. */
    void fail(Invocation invocation, Failure failure);

    /**
     * Whether the reader keeps up. When false after a {@link #chunk}, no further one comes until {@link Invocation#resume()}.
     */
    default boolean isWritable() {
        return true;
    }

    /** Whether {@link #log} should be called. */
    default boolean capturesLogs() {
        return false;
    }

    /** A record that the handler logged while it had this event; before {@link #respond}. */
    default void log(LogRecord logged) {}
}
