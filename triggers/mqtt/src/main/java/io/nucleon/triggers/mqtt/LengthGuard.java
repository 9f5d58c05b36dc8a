package io.nucleon.triggers.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.IntConsumer;

/**
 * Looks at the lengths of packets as they arrive: the decoder behind it collects a packet before it looks, and a packet may say that it has
 * 256 MiB. What follows a packet that is too large is thrown away.
 */
final class LengthGuard extends ChannelInboundHandlerAdapter {

    private static final int MOST_LENGTH_BYTES = 4;
    private static final int SEVEN_BITS = 0x7F;

    private final int mostBytes;
    private final IntConsumer tooLarge;
    /** Bytes of the current packet that have not come. */
    private int missing;
    /** Bytes of its first part, type and length, that have come; 0 between packets. */
    private int headBytes;

    private int length;
    private boolean broken;

    /** @param tooLarge told once, with the length of a packet that is too large */
    LengthGuard(int mostBytes, IntConsumer tooLarge) {
        this.mostBytes = mostBytes;
        this.tooLarge = tooLarge;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (broken || !look(bytes)) {
            bytes.release();
        } else {
            context.fireChannelRead(bytes);
        }
    }

    private boolean look(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (missing > 0) {
                int part = Math.min(missing, end - at);
                missing -= part;
                at += part;
            } else if (headBytes == 0) {
                headBytes = 1;
                length = 0;
                at++;
            } else {
                lengthByte(bytes.getByte(at++));
                if (length > mostBytes) {
                    broken = true;
                    tooLarge.accept(length);
                    return false;
                }
            }
        }
        return true;
    }

    /** A length of more bytes than there may be is the decoder's to complain of. */
    private void lengthByte(byte value) {
        length |= (value & SEVEN_BITS) << (7 * (headBytes - 1));
        if (value >= 0 || headBytes == MOST_LENGTH_BYTES) {
            missing = length;
            headBytes = 0;
        } else {
            headBytes++;
        }
    }
}
