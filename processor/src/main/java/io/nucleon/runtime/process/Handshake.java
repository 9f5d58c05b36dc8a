package io.nucleon.runtime.process;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.nucleon.transport.FrameLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Reads a new channel's HELLO, checks who it is, and gives the channel to the incarnation that waits for it. Anything else closes the
 * channel. Confined to the loop.
 */
final class Handshake extends ByteToMessageDecoder {

    private static final int MAX_HELLO = 64 * 1024;

    /** Who waits for a channel. */
    interface Host {
        /** The token that the channel must know; null if nobody waits. */
        String token();

        /** The user that the worker must run as. */
        int uid();

        /** A worker that showed the token. The channel's pipeline is empty. */
        void greeted(EpollDomainSocketChannel channel, Hello.FromWorker hello);
    }

    private final Host host;

    Handshake(Host host) {
        this.host = host;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws IOException {
        if (in.readableBytes() < FrameLayout.HEADER) {
            return;
        }
        int start = in.readerIndex();
        int length = in.getIntLE(start + FrameLayout.LENGTH);
        int bodyLength = in.getIntLE(start + FrameLayout.BODY_LENGTH);
        if (in.getByte(start + FrameLayout.TYPE) != FrameLayout.HELLO
                || length < FrameLayout.HEADER
                || length > MAX_HELLO
                || bodyLength != length - FrameLayout.HEADER) {
            ctx.close();
            return;
        }
        if (in.readableBytes() < length) {
            return;
        }
        byte[] json = new byte[bodyLength];
        in.getBytes(start + FrameLayout.HEADER, json);
        in.skipBytes(length);
        greet(ctx, Hello.parse(json));
    }

    private void greet(ChannelHandlerContext ctx, Hello.FromWorker hello) throws IOException {
        EpollDomainSocketChannel channel = (EpollDomainSocketChannel) ctx.channel();
        String expected = host.token();
        boolean known = expected != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), hello.token().getBytes(StandardCharsets.UTF_8))
                && channel.peerCredentials().uid() == host.uid();
        if (!known) {
            ctx.close();
            return;
        }
        ctx.pipeline().remove(this);
        host.greeted(channel, hello);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // not a worker of ours, or one that does not speak the protocol: its start times out
    }
}
