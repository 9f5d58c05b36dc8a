package io.nucleon.wrapper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** The socket beside the rings: a byte wakes the other side, its end says that the processor is gone. Safe for many threads. */
final class Bell {

    /** How often a thread that may not read the socket looks again. */
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final LocalSocket socket;
    private final Thread reader = Thread.currentThread();
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(4096);

    /** The calling thread is the one that reads bells. */
    Bell(LocalSocket socket) {
        this.socket = socket;
    }

    void ring() throws IOException {
        socket.ring();
    }

    /** Waits for a bell, so long at most and perhaps in vain: the caller looks again at what it waits for. */
    void await(long nanos) throws IOException {
        if (Thread.currentThread() != reader) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
            return;
        }
        incoming.clear();
        socket.read(incoming, nanos);
    }
}
