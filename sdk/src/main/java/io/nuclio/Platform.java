package io.nuclio;

/**
 * What a function may ask of the platform that it runs on. Safe for many threads.
 *
 * <p>Nucleon addition: nuclio's Java functions have none; the members are those of its Python functions.
 */
public interface Platform {

    /** {@code local} or {@code kube}. */
    String getKind();

    /** The function's namespace. */
    String getNamespace();

    /**
     * Calls another function over HTTP and waits for its answer, whatever the status; not for a handler marked {@link NonBlocking}.
     *
     * @param functionName its name in its configuration
     * @return status, content type, body, and headers with names in lower case; a header that came several times is a list of strings
     * @throws java.io.UncheckedIOException if the function can't be reached, does not answer in time, or the thread was interrupted
     */
    Response callFunction(String functionName, FunctionCall call);

    /**
     * Marks a stream's event as done, and those before it whose handlers have said {@code X-Nuclio-Stream-No-Ack}
     * ({@code explicitAckMode}). While the handler of that event runs, or later by {@link #explicitAck(String, int, long)}.
     *
     * @throws UnsupportedOperationException where there is no stream to tell, as in a platform that was written before this member
     */
    default void explicitAck(Event event) {
        String topic = event.getTopic();
        explicitAck(
                topic == null || topic.isEmpty() ? event.getPath() : topic,
                Math.toIntExact(event.getShardID()),
                event.getOffset());
    }

    /** The same for the event at that place of its stream; safe for many threads. */
    default void explicitAck(String topic, int partition, long offset) {
        throw new UnsupportedOperationException(getClass().getName() + " has no stream");
    }
}
