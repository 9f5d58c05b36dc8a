package io.nucleon.trigger.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.nucleon.error.ErrorCode;

/**
 * A client that speaks HTTP/1: takes requests from the decoder, hands them on when they are complete, writes the answers in the order of
 * the requests. Confined to its loop.
 *
 * <p>At most {@link #MAX_OPEN} requests are open; beyond that, and while the client does not read its answers, nothing is read or decoded.
 */
// Identity is meant; what becomes of a write or a close is told by the channel's events.
@SuppressWarnings({"ReferenceEquality", "FutureReturnValueIgnored"})
final class Http1Channel extends HttpChannel {

    /** Pipelining clients send a dozen; more than this only holds memory. */
    private static final int MAX_OPEN = 64;

    private static final ByteBuf CONTINUE = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer().writeBytes(ResponseHead.ascii("HTTP/1.1 100 Continue\r\n\r\n")))
            .asReadOnly();
    private static final String TOO_LARGE_HEAD = "Too big request header";
    private static final String MALFORMED = "Error when parsing request";

    private final RequestDecoder decoder;
    private Http1Exchange first;
    private Http1Exchange last;
    private int open;
    /** The request whose body is being read. */
    private Http1Exchange reading;

    private boolean paused;
    /** Nothing more is taken from this client. */
    private boolean ending;

    private boolean lingers;
    private long readNanos;
    private long headSince;
    private long lingerUntil;

    Http1Channel(HttpLoop loop, RequestDecoder decoder) {
        super(loop);
        this.decoder = decoder;
        this.readNanos = loop.clock().nanoTime();
    }

    /** Bytes have come. */
    void bytesRead(long nanos) {
        readNanos = nanos;
    }

    /** Whether the decoder may go on. */
    boolean isTaking() {
        return !paused;
    }

    Http1Exchange open(HttpVersion version, String method, String target) {
        return new Http1Exchange(this, version, method, target);
    }

    // Requests.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent content) {
            content(content);
        } else if (message instanceof Http1Exchange exchange) {
            head(exchange);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(Http1Exchange exchange) {
        if (ending) {
            return;
        }
        enqueue(exchange);
        if (exchange.decoderResult().isFailure()) {
            refuse(exchange, exchange.decoderResult().cause());
            return;
        }
        exchange.decideKeepAlive();
        RequestHeaders headers = exchange.requestHeaders();
        if (headers.hosts() != 1 && (headers.hosts() > 1 || !exchange.isHttp10())) {
            refuse(exchange, 400, MALFORMED, null);
            return;
        }
        if (headers.contentLength() != null && Long.parseLong(headers.contentLength()) > exchange.trigger.maxBody()) {
            refuseBody(exchange, Long.parseLong(headers.contentLength()));
            return;
        }
        reading = exchange;
        if (headers.expect() != null) {
            expect(exchange, headers);
        }
    }

    private void expect(Http1Exchange exchange, RequestHeaders headers) {
        boolean hasBody = headers.contentLength() != null || headers.transferEncoding() != null;
        if (hasBody && !exchange.isHttp10() && headers.expect().equalsIgnoreCase("100-continue")) {
            exchange.continueDue = true;
            if (exchange == first) {
                sendContinue(exchange);
            }
        }
    }

    private void sendContinue(Http1Exchange exchange) {
        exchange.continueDue = false;
        send(CONTINUE.duplicate());
    }

    private void content(HttpContent content) {
        Http1Exchange exchange = reading;
        if (exchange == null) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(exchange, 400, MALFORMED, null);
            return;
        }
        ByteBuf part = content.content();
        if ((long) exchange.bodyLength() + part.readableBytes() > exchange.trigger.maxBody()) {
            content.release();
            refuseBody(exchange, BodyLimit.UNKNOWN);
            return;
        }
        exchange.continueDue = false;
        exchange.addToBody(part);
        if (content instanceof LastHttpContent) {
            reading = null;
            exchange.readAt(readNanos);
            if (!exchange.keepsAlive()) {
                ending = true;
            }
            exchange.trigger.take(exchange);
        }
    }

    private void enqueue(Http1Exchange exchange) {
        if (last == null) {
            first = exchange;
        } else {
            last.next = exchange;
        }
        last = exchange;
        if (++open >= MAX_OPEN) {
            pause();
        }
    }

    private void refuse(Http1Exchange exchange, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            refuse(exchange, 431, TOO_LARGE_HEAD, null);
        } else {
            refuse(exchange, 400, MALFORMED, null);
        }
    }

    private void refuseBody(Http1Exchange exchange, long length) {
        BodyLimit.complain(exchange, length);
        refuse(exchange, 400, MALFORMED, ErrorCode.BODY_TOO_LARGE);
    }

    /** Answers and takes nothing more: where the next request begins is unknown, or not worth reading on for. */
    private void refuse(Http1Exchange exchange, int status, String text, ErrorCode code) {
        reading = null;
        ending = true;
        exchange.refuse();
        exchange.answer(status, text, code);
    }

    // Answers.

    /** Writes an answer, or a part of one, when its turn has come. */
    void write(Http1Exchange exchange, Object answer, boolean whole) {
        if (exchange != first) {
            exchange.hold(answer, whole);
            return;
        }
        send(answer);
        if (whole) {
            advance();
        }
    }

    private void send(Object answer) {
        if (answer == Http1Exchange.BROKEN) {
            // what came before the break, perhaps in this very pass, is the client's
            context.flush();
            context.close();
            return;
        }
        context.write(answer, context.voidPromise());
        loop.flushLater(this);
    }

    /** The first request is answered: on to those whose answers waited behind it. */
    private void advance() {
        boolean whole = true;
        while (whole) {
            Http1Exchange done = first;
            open--;
            first = done.next;
            if (first == null) {
                last = null;
            }
            if (!done.keepsAlive()) {
                endAfter(done);
                return;
            }
            if (first == null) {
                return;
            }
            whole = sendHeld(first);
        }
    }

    /** Sends what the exchange, whose turn it is now, has ready; true if that is its whole answer. */
    private boolean sendHeld(Http1Exchange exchange) {
        if (exchange.continueDue) {
            sendContinue(exchange);
        }
        for (Object answer = exchange.takeHeld(); answer != null; answer = exchange.takeHeld()) {
            send(answer);
        }
        exchange.waitsNoMore();
        if (!exchange.isHeldWhole()) {
            exchange.resume();
        }
        return exchange.isHeldWhole();
    }

    private void endAfter(Http1Exchange answered) {
        ending = true;
        lingers = answered.isRefused();
        abandonAll();
        context.write(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            if (lingers && written.isSuccess()) {
                linger();
            } else {
                context.close();
            }
        });
        loop.flushLater(this);
    }

    /** Closes our half and reads on for a while: closing with unread bytes makes the peer's system throw the answer away. */
    private void linger() {
        lingerUntil = loop.clock().nanoTime() + loop.listener.limits().linger();
        resumeReading();
        ((DuplexChannel) context.channel()).shutdownOutput();
    }

    @Override
    void flush() {
        context.flush();
        if (paused && open <= MAX_OPEN / 2 && context.channel().isWritable()) {
            resumeReading();
        }
    }

    // Back-pressure.

    private void pause() {
        paused = true;
        context.channel().config().setAutoRead(false);
    }

    private void resumeReading() {
        if (!paused) {
            return;
        }
        paused = false;
        context.channel().config().setAutoRead(true);
        decoder.goOn();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable()) {
            pause();
            return;
        }
        if (first != null) {
            first.resume();
        }
        loop.flushLater(this);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (reading == null && !paused && decoder.isWithinHead()) {
            if (headSince == 0) {
                headSince = readNanos;
            }
        } else {
            headSince = 0;
        }
    }

    // Ends.

    @Override
    void sweep(long now) {
        TimeLimits limits = loop.listener.limits();
        if (isStuck(now, limits.write())) {
            context.close();
        } else if (lingerUntil != 0) {
            if (now - lingerUntil > 0) {
                context.close();
            }
        } else if (reading != null) {
            if (!paused && now - readNanos > limits.body()) {
                context.close();
            }
        } else if (open > 0) {
            first.resume();
        } else if ((headSince != 0 && now - headSince > limits.head()) || now - readNanos > limits.idle()) {
            context.close();
        }
    }

    @Override
    void abandonAll() {
        Http1Exchange exchange = first;
        first = null;
        last = null;
        reading = null;
        open = 0;
        while (exchange != null) {
            exchange.abandon();
            exchange.dropHeld();
            exchange = exchange.next;
        }
    }
}
