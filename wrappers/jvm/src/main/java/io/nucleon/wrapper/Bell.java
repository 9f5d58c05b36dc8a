package io.nucleon.wrapper;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/** The socket beside the rings: a byte wakes the other side, its end says that the processor is gone. Safe for many threads. */
final class Bell {

    /** How often a thread that may not read the socket looks again. */
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final SocketChannel socket;
    private final Thread reader = Thread.currentThread();
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(4096);

    /** The calling thread is the one that reads bells. */
    Bell(SocketChannel socket) {
        this.socket = socket;
    }

    /** A log record may ring, on a thread whose interruption is its user's: it must not close the socket, nor be lost. */
    void ring() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        boolean interrupted = Thread.interrupted();
        try {
            while (one.hasRemaining()) {
                socket.write(one);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for a bell, perhaps in vain: the caller looks again at what it waits for. */
    void await() throws IOException {
        if (Thread.currentThread() != reader) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
            return;
        }
        // A flag that user code left would close the socket.
        Thread.interrupted();
        incoming.clear();
        if (socket.read(incoming) < 0) {
            throw new EOFException("the processor is gone");
        }
    }
}
