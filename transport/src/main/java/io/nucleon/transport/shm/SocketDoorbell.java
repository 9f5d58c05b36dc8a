package io.nucleon.transport.shm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;

/** Rings by one byte on the Unix socket, past the channel's pipeline: one system call and nothing allocated. Confined to the loop. */
public final class SocketDoorbell implements Doorbell {

    private static final ByteBuf BYTE =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(1).writeByte('b'));

    private final UnixChannel channel;
    private final FileDescriptor socket;

    /** The bell on an open, non-blocking stream channel. */
    public SocketDoorbell(UnixChannel channel) {
        this.channel = channel;
        this.socket = channel.fd();
    }

    @Override
    public void ring() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            // a result of 0 is a full socket: bells are pending
            socket.writeAddress(BYTE.memoryAddress(), 0, 1);
        } catch (IOException e) {
            // the peer is gone; the end of the file tells it
        }
    }
}
