package io.nucleon.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.net.ProtocolException;
import java.util.List;

/** One connection, which carries one request at a time. Confined to its loop. */
final class LoadConnection extends ByteToMessageDecoder {
    private final Driver driver;
    private final AnswerScanner scanner = new AnswerScanner();
    private Channel channel;
    private boolean busy;
    private boolean timedOut;
    private long intended;
    private long sent;

    LoadConnection(Driver driver) {
        this.driver = driver;
    }

    void send(Request request, long intendedNanos, long now) {
        intended = intendedNanos;
        sent = now;
        busy = true;
        scanner.begin(request.isHead());
        channel.writeAndFlush(request.view(), channel.voidPromise());
    }

    AnswerScanner answer() {
        return scanner;
    }

    boolean isBusy() {
        return busy;
    }

    boolean timedOut() {
        return timedOut;
    }

    /** The moment from which its event's time counts. */
    long intended() {
        return intended;
    }

    /** The moment at which it was sent. */
    long sent() {
        return sent;
    }

    void close() {
        channel.close();
    }

    /** Closes it because its answer takes too long. */
    void timeOut() {
        timedOut = true;
        channel.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        driver.opened(this);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws ProtocolException {
        if (!busy) {
            throw new ProtocolException("the server sent something that nobody asked for");
        }
        if (scanner.scan(in)) {
            if (in.isReadable()) {
                throw new ProtocolException("the answer can't be read: it is longer than it says");
            }
            busy = false;
            driver.answered(this);
            if (scanner.closes()) {
                channel.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        boolean wasBusy = busy;
        busy = false;
        if (wasBusy && scanner.endsWithConnection() && !timedOut) {
            driver.answered(this);
            wasBusy = false;
        }
        driver.closed(this, wasBusy);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        driver.trouble(cause instanceof DecoderException ? cause.getCause() : cause);
        context.close();
    }
}
