package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.nucleon.error.ErrorCode;
import java.util.Map;

/** One stream of HTTP/2: reads its request, then waits for what becomes of it. Confined to the connection's loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a write or a close is told by the stream's events
final class Http2Stream extends ChannelInboundHandlerAdapter {

    private static final String MALFORMED = "Error when parsing request";

    private final Http2Channel parent;
    private Http2Exchange exchange;
    private boolean complete;
    private long readNanos;
    private long stuckBytes;
    private long stuckSince;
    private ChannelHandlerContext context;

    Http2Stream(Http2Channel parent) {
        this.parent = parent;
        this.readNanos = parent.loop.clock().nanoTime();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        parent.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        readNanos = parent.loop.clock().nanoTime();
        switch (message) {
            case Http2HeadersFrame head -> headers(head);
            case Http2DataFrame data -> data(data);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void headers(Http2HeadersFrame frame) {
        if (exchange == null) {
            exchange = read(frame.headers());
        }
        if (complete) {
            return;
        }
        if (frame.isEndStream()) {
            complete();
        } else if ("100-continue".equalsIgnoreCase(exchange.requestHeaders().expect())) {
            context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("100")));
            parent.wrote();
        }
    }

    private Http2Exchange read(Http2Headers headers) {
        try {
            Http2Exchange read = new Http2Exchange(
                    parent, context.channel(), String.valueOf(headers.method()), String.valueOf(headers.path()));
            CharSequence authority = headers.authority();
            if (authority != null && !headers.contains("host")) {
                read.requestHeaders().append(HeaderNames.HOST, authority.toString());
            }
            for (Map.Entry<CharSequence, CharSequence> header : headers) {
                AsciiString name = AsciiString.of(header.getKey());
                if (name.charAt(0) != ':') {
                    read.requestHeaders()
                            .append(
                                    HeaderNames.canonical(name.array(), name.arrayOffset(), name.length()),
                                    header.getValue().toString());
                }
            }
            return read;
        } catch (IllegalArgumentException e) {
            Http2Exchange refused = new Http2Exchange(parent, context.channel(), "GET", "/");
            refuse(refused, null);
            return refused;
        }
    }

    private void data(Http2DataFrame frame) {
        ByteBuf part = frame.content();
        if (complete || exchange == null) {
            frame.release();
            return;
        }
        if ((long) exchange.bodyLength() + part.readableBytes() > exchange.trigger.maxBody()) {
            frame.release();
            BodyLimit.complain(exchange, BodyLimit.UNKNOWN);
            refuse(exchange, ErrorCode.BODY_TOO_LARGE);
            return;
        }
        exchange.addToBody(part);
        if (frame.isEndStream()) {
            complete();
        }
    }

    private void complete() {
        complete = true;
        exchange.readAt(readNanos);
        exchange.trigger.take(exchange);
    }

    private void refuse(Http2Exchange refused, ErrorCode code) {
        complete = true;
        refused.refuse();
        refused.answer(400, MALFORMED, code);
    }

    /** Whether the rest of the request has been due for too long, or the client takes nothing of the answer. */
    boolean isLate(long now, TimeLimits limits) {
        return (!complete && now - readNanos > limits.body()) || isStuck(now, limits.write());
    }

    /** A client may close the window of one stream and go on with others, so that the connection as a whole is never stuck. */
    private boolean isStuck(long now, long limit) {
        long pending = pendingBytes(context.channel());
        if (pending == 0 || pending != stuckBytes) {
            stuckBytes = pending;
            stuckSince = now;
            return false;
        }
        return now - stuckSince > limit;
    }

    private static long pendingBytes(Channel stream) {
        WriteBufferWaterMark marks = stream.config().getWriteBufferWaterMark();
        return stream.isWritable()
                ? marks.high() - stream.bytesBeforeUnwritable()
                : marks.low() + stream.bytesBeforeWritable();
    }

    /** By a reset: closing the channel says nothing to a client when both sides have said their last word and ours is not sent yet. */
    void close() {
        context.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
        parent.wrote();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null && ctx.channel().isWritable()) {
            exchange.resume();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
            abandon();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        parent.closed(this);
        abandon();
    }

    private void abandon() {
        if (exchange != null) {
            exchange.abandon();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
