package io.nucleon.invoke;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/**
 * One thing to process, as its trigger holds it: raw bytes, decoded by nobody until somebody asks.
 *
 * <p>An event is lent: the trigger keeps it readable and unchanged until its {@link Reply} has been called for the last time, because it
 * may be written to a second worker when the first one dies before it has begun. It is read by one thread at a time. The {@code put…}
 * methods append to {@code target} and never exceed the bounds; they are what a process runtime uses, once per event and without
 * allocating. The accessors decode, and are for handlers in the process, for logs and for errors.
 */
public interface Event {

    /** The trigger that the event came through. */
    TriggerSource source();

    /** The id of its invocation if it was given one before, as an event from the journal was; empty for the invoker to make one. */
    default String invocationId() {
        return "";
    }

    /** The event as its source gave it: itself, unless this is only what handlers see of another. */
    default Event carrier() {
        return this;
    }

    /** When the event was read, ns since 1970. */
    long timeNanos();

    /** The method's name, empty if the source has none. */
    String method();

    /** Shard or partition, -1 for none. */
    default int shard() {
        return -1;
    }

    /** The stream's own offset, 0 for none. */
    default long streamOffset() {
        return 0;
    }

    /** Whether the source said that this is the last event it had. */
    default boolean lastInBatch() {
        return false;
    }

    /** An upper bound of the bytes that path, content type, id, extra and headers take together. */
    int headBound();

    /** Appends the path and, if there is a query, NUL and the raw query. At most 65,535 bytes. */
    void putPath(ByteBuffer target);

    /** Appends the content type as received; at most 65,535 bytes. */
    void putContentType(ByteBuffer target);

    /** Appends the source's id; nothing if it gave none. At most 65,535 bytes. */
    default void putId(ByteBuffer target) {}

    /** Appends the pairs block of the members that are rarely set (PROTOCOL.md §2); at most 65,535 bytes. */
    default void putExtra(ByteBuffer target) {}

    /** Appends the pairs block of the headers: names canonicalised for HTTP, else as the source spells them. */
    void putHeaders(ByteBuffer target);

    /** Bytes of the body. */
    int bodyLength();

    /** Appends {@code length} bytes of the body from {@code from} on. */
    void putBody(ByteBuffer target, int from, int length);

    /** Whether the body is the JSON text of an object that the handler is to see parsed, whatever the content type says. */
    default boolean hasObjectBody() {
        return false;
    }

    /** Path as the handler sees it. */
    String path();

    /** Raw query, empty if none. */
    String query();

    /** Content type as received, empty if none. */
    String contentType();

    /** Id of the source, empty if it gave none. */
    default String id() {
        return "";
    }

    /** A member of the {@code extra} block ({@code topic}, {@code url}, …), empty if not set. */
    default String extra(String name) {
        return "";
    }

    /** Whether its source is known to have given neither a content type nor a header of its own; false where that is not told cheaply. */
    default boolean isPlain() {
        return false;
    }

    /** Whether what it lends stays as it is when it is not lent any more: memory of its own that nothing uses again. */
    default boolean staysReadable() {
        return false;
    }

    /** Value of a header, matched without regard to case; null if absent. The last one wins. */
    String header(String name);

    /** Every header, name as in {@link #putHeaders} and value. */
    void forEachHeader(BiConsumer<String, String> consumer);

    /** A read-only view of the body, valid as long as the event is lent. */
    ByteBuffer body();
}
