package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * An exchange over HTTP/1. Its answer waits here while earlier ones of the same channel are not complete.
 *
 * <p>What travels to the loop is one buffer with head and body, or {@link #BROKEN}.
 */
@SuppressWarnings("ReferenceEquality") // identity is meant
final class Http1Exchange extends HttpExchange {

    /** A stream that ended before its time: the connection is cut, which is how HTTP/1 says so. */
    static final Object BROKEN = new Object();

    private static final byte[] CHUNKED = ResponseHead.ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ResponseHead.ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ResponseHead.ascii("Connection: keep-alive\r\n");
    private static final byte[] LINE_END = ResponseHead.ascii("\r\n");
    private static final byte[] LAST_CHUNK = ResponseHead.ascii("0\r\n\r\n");
    /** Eight hexadecimal digits, two line ends, the last chunk. */
    private static final int CHUNK_OVERHEAD = 8 + 4 + 5;

    private final Http1Channel channel;
    /** The request behind this one on the same channel. */
    Http1Exchange next;
    /** Whether the client waits for leave to send the body. */
    boolean continueDue;

    private boolean keepAlive = true;
    private boolean chunked;
    private boolean hidesChunks;
    private boolean refused;
    private ArrayDeque<Object> held;
    private boolean heldLast;
    /** Whether a part waits for its turn. */
    private volatile boolean waits;

    Http1Exchange(Http1Channel channel, HttpVersion version, String method, String target) {
        super(channel.loop, version, method, target);
        this.channel = channel;
    }

    /** Whether the connection may stay open, once the head is known. */
    void decideKeepAlive() {
        String connection = requestHeaders().connection();
        if (connection == null) {
            keepAlive = !isHttp10();
        } else if (hasToken(connection, "close")) {
            keepAlive = false;
        } else {
            keepAlive = !isHttp10() || hasToken(connection, "keep-alive");
        }
    }

    private static boolean hasToken(String list, String token) {
        for (String one : list.split(",")) {
            if (one.trim().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /** The rest of the channel can't be read: it is closed behind the answer, after the client had time to read that. */
    void refuse() {
        refused = true;
        keepAlive = false;
    }

    boolean isRefused() {
        return refused;
    }

    boolean keepsAlive() {
        return keepAlive;
    }

    @Override
    void frame(ResponseHead head, boolean bodiless, boolean more, int bodyLength, boolean wantsClose) {
        if (wantsClose || trigger.isDraining() || loop.listener.mounts().isRetiring()) {
            keepAlive = false;
        }
        hidesChunks = bodiless || isHead();
        chunked = false;
        if (!more) {
            if (!bodiless) {
                head.contentLength(bodyLength);
            }
        } else if (isHttp10()) {
            keepAlive = false;
        } else if (!bodiless) {
            chunked = true;
            head.raw(CHUNKED);
        }
        if (!keepAlive) {
            head.raw(CLOSE);
        } else if (isHttp10()) {
            head.raw(KEEP_ALIVE);
        }
    }

    @Override
    Object pack(ResponseHead head, ByteBuffer body, boolean more) {
        int length = body.remaining();
        ByteBuf out = loop.allocator().directBuffer(head.length() + length + (more ? CHUNK_OVERHEAD : 0));
        out.writeBytes(head.bytes(), 0, head.length());
        if (!more) {
            out.writeBytes(body);
        } else if (length > 0) {
            putChunk(out, body);
        }
        return out;
    }

    @Override
    Object packChunk(ByteBuffer part, boolean last, boolean failed) {
        if (failed) {
            return BROKEN;
        }
        ByteBuf out = loop.allocator().directBuffer(part.remaining() + CHUNK_OVERHEAD);
        if (part.hasRemaining()) {
            putChunk(out, part);
        }
        if (last && chunked && !hidesChunks) {
            out.writeBytes(LAST_CHUNK);
        }
        return out;
    }

    private void putChunk(ByteBuf out, ByteBuffer part) {
        if (hidesChunks) {
            return;
        }
        if (!chunked) {
            out.writeBytes(part);
            return;
        }
        int length = part.remaining();
        for (int shift = (31 - Integer.numberOfLeadingZeros(length)) / 4 * 4; shift >= 0; shift -= 4) {
            out.writeByte(Character.forDigit((length >>> shift) & 15, 16));
        }
        out.writeBytes(LINE_END);
        out.writeBytes(part);
        out.writeBytes(LINE_END);
    }

    @Override
    void write(Object answer, boolean last) {
        channel.write(this, answer, last);
    }

    @Override
    boolean keepsUp() {
        return !waits && channel.context.channel().isWritable();
    }

    @Override
    int sizeOf(Object answer) {
        return answer instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    }

    // What waits for its turn.

    void hold(Object answer, boolean last) {
        waits = true;
        if (held == null) {
            held = new ArrayDeque<>(1);
        }
        held.add(answer);
        heldLast = last;
    }

    /** Its turn has come. */
    void waitsNoMore() {
        waits = false;
    }

    /** The next part that waited for its turn, null for none. */
    Object takeHeld() {
        return held == null ? null : held.poll();
    }

    boolean isHeldWhole() {
        return heldLast;
    }

    void dropHeld() {
        for (Object answer = takeHeld(); answer != null; answer = takeHeld()) {
            discard(answer);
        }
    }
}
