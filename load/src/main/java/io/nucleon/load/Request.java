package io.nucleon.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A request as it goes over the wire, sent as often as wanted. Immutable; its memory lives as long as it is reachable. */
public final class Request {
    private final ByteBuf bytes;
    private final boolean head;

    /**
     * Takes a copy.
     *
     * @param bytes request line, headers, body
     * @param head whether the method is HEAD, whose answer has no body whatever its headers say
     */
    public Request(byte[] bytes, boolean head) {
        // Direct, so that a write copies nothing; unreleasable, so that writes of several loops need no count.
        this.bytes = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
        this.head = head;
    }

    boolean isHead() {
        return head;
    }

    /** A view of its own for one write. */
    ByteBuf view() {
        return bytes.duplicate();
    }
}
