package io.nucleon.invoke;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A response for tests, as a worker could have written it: the buffers are direct and may hold anything. */
public record GivenResponse(
        int status,
        boolean failed,
        boolean more,
        boolean noAck,
        long handlerNanos,
        ByteBuffer contentType,
        ByteBuffer extra,
        ByteBuffer headers,
        ByteBuffer body)
        implements ResponseView {

    /** 200 with that body and no type. */
    public static GivenResponse of(String body) {
        return new GivenResponse(200, false, false, false, 0, bytes(""), bytes(""), bytes(""), bytes(body));
    }

    /** Same with another status. */
    public GivenResponse withStatus(int other) {
        return new GivenResponse(other, failed, more, noAck, handlerNanos, contentType, extra, headers, body);
    }

    /** Same with a content type. */
    public GivenResponse withType(String type) {
        return new GivenResponse(status, failed, more, noAck, handlerNanos, bytes(type), extra, headers, body);
    }

    /** Same with headers: name, value, name, value. */
    public GivenResponse withHeaders(String... pairs) {
        return withHeaderBlock(bytes(String.join("\0", pairs)));
    }

    /** Same with a header block of any bytes. */
    public GivenResponse withHeaderBlock(ByteBuffer block) {
        return new GivenResponse(status, failed, more, noAck, handlerNanos, contentType, extra, block, body);
    }

    /** Same with any bytes as body. */
    public GivenResponse withBody(byte[] other) {
        return new GivenResponse(status, failed, more, noAck, handlerNanos, contentType, extra, headers, direct(other));
    }

    /** Same as the beginning of a stream. */
    public GivenResponse withMore() {
        return new GivenResponse(status, failed, true, noAck, handlerNanos, contentType, extra, headers, body);
    }

    /** Same, made of a handler's exception. */
    public GivenResponse asFailed() {
        return new GivenResponse(status, true, more, noAck, handlerNanos, contentType, extra, headers, body);
    }

    /** Same, not to be acked by the processor. */
    public GivenResponse withNoAck() {
        return new GivenResponse(status, failed, more, true, handlerNanos, contentType, extra, headers, body);
    }

    /** Same with what a worker says of a failure: name, value, name, value. */
    public GivenResponse withExtra(String... pairs) {
        ByteBuffer block = bytes(String.join("\0", pairs));
        return new GivenResponse(status, failed, more, noAck, handlerNanos, contentType, block, headers, body);
    }

    /** Same with the time the handler took. */
    public GivenResponse withHandlerNanos(long nanos) {
        return new GivenResponse(status, failed, more, noAck, nanos, contentType, extra, headers, body);
    }

    /** A direct buffer with that text in UTF-8. */
    public static ByteBuffer bytes(String text) {
        return direct(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
