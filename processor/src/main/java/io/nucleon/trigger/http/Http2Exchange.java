package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import java.nio.ByteBuffer;

/** An exchange on a stream of HTTP/2, which frames and orders by itself. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a write is told by the stream's events
final class Http2Exchange extends HttpExchange {

    /** A frame counts as written when all of it is: how far a slow client has come is seen in steps of this. */
    private static final int LARGEST_DATA = 64 * 1024;

    private final Http2Channel parent;
    private final Channel stream;
    private boolean hidesBody;
    private boolean refused;

    Http2Exchange(Http2Channel parent, Channel stream, String method, String target) {
        super(parent.loop, HttpVersion.HTTP_1_1, method, target);
        this.parent = parent;
        this.stream = stream;
    }

    @Override
    void frame(ResponseHead head, boolean bodiless, boolean more, int bodyLength, boolean wantsClose) {
        hidesBody = bodiless || isHead();
        if (!more && !bodiless) {
            head.contentLength(bodyLength);
        }
    }

    @Override
    Object pack(ResponseHead head, ByteBuffer body, boolean more) {
        return new Http2Answer(head, copy(body), !more || hidesBody);
    }

    @Override
    Object packChunk(ByteBuffer part, boolean last, boolean failed) {
        return failed
                ? new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR)
                : new DefaultHttp2DataFrame(hidesBody ? Unpooled.EMPTY_BUFFER : copy(part), last);
    }

    private ByteBuf copy(ByteBuffer bytes) {
        return bytes.hasRemaining()
                ? loop.allocator().directBuffer(bytes.remaining()).writeBytes(bytes)
                : Unpooled.EMPTY_BUFFER;
    }

    @Override
    int sizeOf(Object answer) {
        return switch (answer) {
            case Http2Answer head -> head.content().readableBytes();
            case Http2DataFrame data -> data.content().readableBytes();
            default -> 0;
        };
    }

    /** The rest of the request is not wanted: the stream is reset behind the answer. */
    void refuse() {
        refused = true;
    }

    @Override
    void write(Object answer, boolean last) {
        ChannelFuture written;
        if (answer instanceof Http2Answer head) {
            written = writeHead(head);
        } else if (answer instanceof Http2ResetFrame || !hidesBody) {
            written = stream.write(answer);
        } else {
            discard(answer);
            return;
        }
        if (refused) {
            // Not before: a reset throws away what waits to be written.
            written.addListener(sent -> {
                stream.write(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
                parent.wrote();
            });
        }
        parent.wrote();
    }

    private ChannelFuture writeHead(Http2Answer head) {
        ByteBuf body = head.content();
        boolean hasBody = body.isReadable();
        ChannelFuture written = stream.write(new DefaultHttp2HeadersFrame(head.headers, head.end && !hasBody));
        if (!hasBody) {
            body.release();
            return written;
        }
        while (body.readableBytes() > LARGEST_DATA) {
            stream.write(new DefaultHttp2DataFrame(body.readRetainedSlice(LARGEST_DATA), false));
        }
        return stream.write(new DefaultHttp2DataFrame(body, head.end));
    }

    @Override
    boolean keepsUp() {
        return stream.isWritable();
    }
}
