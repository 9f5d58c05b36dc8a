package io.nucleon.invoke;

import java.nio.ByteBuffer;

/**
 * A worker's answer, a view on memory that belongs to its connection: valid until {@link Reply#respond} returns, on that thread only.
 * The buffers are windows whose position and limit the reader may move; their bytes are what the worker wrote and are trusted for
 * nothing but their length.
 */
public interface ResponseView {

    /** HTTP status; 200 when the handler set none. */
    int status();

    /** Whether the handler raised. */
    boolean failed();

    /** Whether {@link Reply#chunk} will be called for the rest of the body. */
    boolean more();

    /** Whether the handler asked not to ack this event. */
    boolean noAck();

    /** ns spent in the handler, as the worker measured it; of a stream, until its first part. */
    long handlerNanos();

    /** Content type, empty if the handler set none. */
    ByteBuffer contentType();

    /** Pairs block of what the handler adds to the answer's description: {@code error}, {@code at}, {@code message} of a failure. */
    ByteBuffer extra();

    /** Pairs block of headers. */
    ByteBuffer headers();

    /** Body, or its first part when {@link #more()}. */
    ByteBuffer body();
}
