package io.nucleon.runtime.process;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.nucleon.transport.FrameLayout;

/** The processor's HELLO and how the worker gets at the segment. Stateless; on the channel's loop. */
final class HelloFrame {

    static final int NO_DESCRIPTOR = -1;

    private HelloFrame() {}

    /** How a worker gets at a segment: by its descriptor if it takes one, else by a path. */
    static Hello.SegmentHandle handle(SegmentMaker.Made made, boolean takesDescriptor, boolean spin) {
        boolean byDescriptor = takesDescriptor && made.file() == null;
        String path = "";
        if (made.file() != null) {
            path = made.file().toString();
        } else if (!byDescriptor) {
            // a memfd of ours can be opened by another process of the same user through /proc
            path = "/proc/" + ProcessHandle.current().pid() + "/fd/"
                    + made.segment().memory().fd();
        }
        return new Hello.SegmentHandle(made.segment().layout().size(), byDescriptor, path, spin);
    }

    /** {@code descriptor}: sent behind the frame unless it is {@link #NO_DESCRIPTOR}. */
    static void send(EpollDomainSocketChannel channel, int epoch, byte[] json, int descriptor) {
        ByteBuf frame =
                channel.alloc().directBuffer(FrameLayout.HEADER + json.length).writeZero(FrameLayout.HEADER);
        frame.setIntLE(FrameLayout.LENGTH, FrameLayout.HEADER + json.length);
        frame.setByte(FrameLayout.TYPE, FrameLayout.HELLO);
        frame.setIntLE(FrameLayout.EPOCH, epoch);
        frame.setIntLE(FrameLayout.BODY_LENGTH, json.length);
        channel.write(frame.writeBytes(json));
        if (descriptor != NO_DESCRIPTOR) {
            channel.write(new FileDescriptor(descriptor));
        }
        channel.flush();
    }
}
