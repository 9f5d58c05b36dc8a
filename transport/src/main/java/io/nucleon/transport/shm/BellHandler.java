package io.nucleon.transport.shm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.nucleon.transport.FrameHandler;

/**
 * The socket beside a segment after the hand-shake: bytes only wake the loop, whose pass then drains the ring; the end of the file tells
 * that the worker is gone. Confined to the channel's loop.
 */
public final class BellHandler extends ChannelInboundHandlerAdapter {

    private final FrameHandler handler;

    /** Tells {@code handler} of the end. */
    public BellHandler(FrameHandler handler) {
        this.handler = handler;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        handler.onClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
