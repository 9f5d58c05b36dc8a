package io.nucleon.runtime.shell;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A descriptor that an event loop looks at while it is switched on: {@code ready} is run as long as there is something to read, or room to
 * write. Confined to the loop; owns the descriptor.
 */
final class Watch implements EpollIoHandle {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final IoEventLoop loop;
    private final FileDescriptor descriptor;
    private final EpollIoOps interest;
    private final Runnable ready;
    private IoRegistration registration;

    private Watch(IoEventLoop loop, int descriptor, EpollIoOps interest, Runnable ready) {
        this.loop = loop;
        this.descriptor = new FileDescriptor(descriptor);
        this.interest = interest;
        this.ready = ready;
    }

    static Watch toRead(IoEventLoop loop, int descriptor, Runnable ready) {
        return new Watch(loop, descriptor, EpollIoOps.EPOLLIN, ready);
    }

    static Watch toWrite(IoEventLoop loop, int descriptor, Runnable ready) {
        return new Watch(loop, descriptor, EpollIoOps.EPOLLOUT, ready);
    }

    /** Looks at it from now on. */
    void on() {
        if (registration == null && descriptor.isOpen()) {
            registration = loop.register(this).syncUninterruptibly().getNow();
            registration.submit(interest);
        }
    }

    /** Looks away: a hang-up would be told again and again to somebody who reads nothing. */
    void off() {
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
    }

    /** Appends what is there to a direct buffer: bytes read, 0 for nothing now, -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        int read = descriptor.read(into, into.position(), into.limit());
        if (read > 0) {
            into.position(into.position() + read);
        }
        return read;
    }

    /** Writes from a direct buffer as much as there is room for; 0 for none. */
    int write(ByteBuffer from) throws IOException {
        int written = descriptor.write(from, from.position(), from.limit());
        from.position(from.position() + written);
        return written;
    }

    boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        if (registration != null) { // else it was switched off by what was told just before
            try {
                ready.run();
            } catch (RuntimeException e) {
                LOG.error("NUC-9001 reading from or writing to a shell function failed", e);
            }
        }
    }

    /** Gives the descriptor back. */
    @Override
    public void close() {
        off();
        if (descriptor.isOpen()) {
            try {
                descriptor.close();
            } catch (IOException e) {
                LOG.debug("closing a descriptor failed", e);
            }
        }
    }
}
