package io.nucleon.kit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.nucleon.transport.FrameLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads a new channel's HELLO as it is, then leaves the pipeline. Confined to the loop. */
final class Greeting extends ByteToMessageDecoder {

    private static final int MAX_HELLO = 64 * 1024;

    private final CompletableFuture<Hello> hello;

    /**
     * What the worker said first.
     *
     * @param problem what is wrong with the frame; empty for nothing
     * @param epoch as its header says
     */
    record Hello(EpollDomainSocketChannel channel, String problem, String json, int epoch) {}

    Greeting(CompletableFuture<Hello> hello) {
        this.hello = hello;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < FrameLayout.HEADER) {
            return;
        }
        int start = in.readerIndex();
        int length = in.getIntLE(start + FrameLayout.LENGTH);
        int type = in.getUnsignedByte(start + FrameLayout.TYPE);
        int body = in.getIntLE(start + FrameLayout.BODY_LENGTH);
        String problem = type != FrameLayout.HELLO
                ? "a frame of type " + type + " and length " + Integer.toUnsignedString(length)
                : length < FrameLayout.HEADER || length > MAX_HELLO || body != length - FrameLayout.HEADER
                        ? "a HELLO of length " + Integer.toUnsignedString(length) + " with a body of "
                                + Integer.toUnsignedString(body)
                        : "";
        if (!problem.isEmpty()) {
            leave(ctx, problem, "", 0);
        } else if (in.readableBytes() >= length) {
            String json = in.toString(start + FrameLayout.HEADER, length - FrameLayout.HEADER, StandardCharsets.UTF_8);
            int epoch = in.getIntLE(start + FrameLayout.EPOCH);
            in.skipBytes(length);
            leave(ctx, "", json, epoch);
        }
    }

    private void leave(ChannelHandlerContext ctx, String problem, String json, int epoch) {
        ctx.pipeline().remove(this);
        hello.complete(new Hello((EpollDomainSocketChannel) ctx.channel(), problem, json, epoch));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        hello.complete(new Hello((EpollDomainSocketChannel) ctx.channel(), "the end of the connection", "", 0));
        super.channelInactive(ctx);
    }
}
