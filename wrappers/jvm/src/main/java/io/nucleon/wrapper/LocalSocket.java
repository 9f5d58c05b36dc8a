package io.nucleon.wrapper;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * The socket to the processor. It is read by one thread, written by whoever holds the writers' lock, woken and closed by any.
 *
 * <p>A plain wait is a blocking read. Waits with a limit, and those that {@link #wake} must end, need a selector, which costs a system call
 * more; it is made when one is first asked for.
 */
final class LocalSocket {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SocketChannel channel;
    private volatile Selector selector;

    LocalSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /** From here on {@link #wake} ends a read. The reader's thread. */
    void makeWakeable() throws IOException {
        if (selector == null) {
            Selector made = Selector.open();
            channel.configureBlocking(false);
            channel.register(made, SelectionKey.OP_READ);
            selector = made;
        }
    }

    /** Ends the reader's wait, or its next one, if it is wakeable. */
    void wake() {
        Selector waiting = selector;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    /**
     * Reads what is there, waiting for it so long at most.
     *
     * @param nanos {@link Connection#FOREVER} for no limit
     * @return bytes read; 0 when the time was up or somebody called {@link #wake}
     * @throws EOFException when the processor is gone
     */
    int read(ByteBuffer into, long nanos) throws IOException {
        // A flag that user code left would close the socket.
        Thread.interrupted();
        if (nanos != Connection.FOREVER) {
            makeWakeable();
        }
        if (selector != null) {
            select(nanos);
        }
        int read = channel.read(into);
        if (read < 0) {
            throw new EOFException("the processor is gone");
        }
        return read;
    }

    private void select(long nanos) throws IOException {
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(nanos == Connection.FOREVER ? 0 : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        }
        selector.selectedKeys().clear();
    }

    /** Writes one byte; a full socket has bells enough. */
    void ring() throws IOException {
        write(ByteBuffer.allocate(1), false);
    }

    /** Writes all of it. */
    void write(ByteBuffer bytes) throws IOException {
        write(bytes, true);
    }

    /** A log record may be what is written, on a thread whose interruption is its user's: it must not close the socket, nor be lost. */
    private void write(ByteBuffer bytes, boolean all) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    if (!all) {
                        return;
                    }
                    awaitRoom();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitRoom() throws IOException {
        try (Selector room = Selector.open()) {
            channel.register(room, SelectionKey.OP_WRITE);
            room.select();
        }
    }

    /** Ends every wait with an {@code IOException}. */
    void close() throws IOException {
        channel.close();
        Selector waiting = selector;
        if (waiting != null) {
            waiting.close();
        }
    }
}
