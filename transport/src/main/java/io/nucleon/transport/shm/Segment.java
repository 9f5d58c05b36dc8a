package io.nucleon.transport.shm;

import io.nucleon.os.SharedMemory;
import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.StatusPage;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.posix.PosixAPI;

/**
 * Mapped memory that the processor shares with one worker. Made on any thread, then confined to the loop that owns the connection;
 * {@link #close()} unmaps it, after which nothing obtained from it may be touched.
 *
 * <p>Indices are read and written through Chronicle with the orders that {@link RingLayout} names; frames through {@link #view()}.
 */
public final class Segment implements StatusPage, AutoCloseable {

    private static final int PAGE = 4096;

    static {
        // Chronicle would call the C library to write a mapped file back before it is unmapped, which this memory never
        // needs; loading
        // the library for that takes 60 ms of CPU.
        PosixAPI.useNoOpPosixApi();
    }

    private final SegmentLayout layout;
    private final SharedMemory memory;
    private final MappedBytes bytes;
    private final ByteBuffer view;
    private long revokes;
    private boolean closed;

    /**
     * Maps {@code memory}, which it then owns, touches every page and writes the header. Takes a few ms; not for an event loop.
     *
     * @throws IOException if it can't be mapped
     */
    public Segment(SharedMemory memory, SegmentLayout layout, long epoch) throws IOException {
        this.layout = layout;
        this.memory = memory;
        // One chunk. singleMappedBytes would do, but never gives its mapping back (Chronicle Bytes 2026.4).
        this.bytes = MappedBytes.mappedBytes(memory.ownPath().toFile(), layout.size(), 0);
        bytes.singleThreadedCheckDisabled(true);
        bytes.mappedFile().syncMode(SyncMode.NONE);
        this.view = SharedMemory.view(bytes.addressForRead(0), layout.size());
        touchPages();
        writeHeader(epoch);
    }

    private void touchPages() {
        for (int offset = 0; offset < layout.size(); offset += PAGE) {
            view.put(offset, (byte) 0);
        }
    }

    private void writeHeader(long epoch) {
        view.putShort(SegmentLayout.MAJOR, (short) FrameLayout.PROTOCOL_MAJOR);
        view.putShort(SegmentLayout.MINOR, (short) FrameLayout.PROTOCOL_MINOR);
        view.putInt(SegmentLayout.HEADER_SIZE, SegmentLayout.HEADER_PAGE);
        view.putLong(SegmentLayout.SIZE, layout.size());
        view.putLong(SegmentLayout.EPOCH, epoch);
        if (layout.ringSize() > 0) {
            putRange(SegmentLayout.REQUEST_RING, layout.requestRing(), layout.ringSize());
            putRange(SegmentLayout.RESPONSE_RING, layout.responseRing(), layout.ringSize());
        }
        if (layout.arenaSize() > 0) {
            putRange(SegmentLayout.REQUEST_ARENA, layout.requestArena(), layout.arenaSize());
            putRange(SegmentLayout.RESPONSE_ARENA, layout.responseArena(), layout.arenaSize());
        }
        view.putInt(SegmentLayout.CHUNK_SIZE, layout.chunkSize());
        // last, so that a segment with the magic is whole
        writeOrdered(SegmentLayout.MAGIC, SegmentLayout.MAGIC_VALUE);
    }

    private void putRange(int at, int offset, int size) {
        view.putLong(at, offset);
        view.putLong(at + Long.BYTES, size);
    }

    public SegmentLayout layout() {
        return layout;
    }

    /** What to give to the worker. */
    public SharedMemory memory() {
        return memory;
    }

    /** The whole segment, little-endian. */
    ByteBuffer view() {
        return view;
    }

    /** Acquire load. */
    long readVolatile(int offset) {
        return bytes.readVolatileLong(offset);
    }

    /** Release store. */
    void writeOrdered(int offset, long value) {
        bytes.writeOrderedLong(offset, value);
    }

    /** Orders every earlier access before every later one, stores before loads too. */
    static void fence() {
        VarHandle.fullFence();
    }

    @Override
    public long claimed() {
        return readVolatile(SegmentLayout.REQUEST_INDICES + RingLayout.CLAIMED);
    }

    @Override
    public Connection.Revoked revoke(long to) {
        int at = SegmentLayout.REQUEST_INDICES;
        if (readVolatile(at + RingLayout.REVOKE_DONE) != revokes) {
            return Connection.Revoked.NONE; // the worker has not acted on the last one
        }
        long odd = revokes + 1;
        writeOrdered(at + RingLayout.REVOKE, odd);
        fence(); // pairs with the worker's fence between CLAIMED and REVOKE
        long from = claimed();
        writeOrdered(at + RingLayout.REVOKED_FROM, from);
        writeOrdered(at + RingLayout.REVOKED_TO, to);
        revokes = odd + 1;
        writeOrdered(at + RingLayout.REVOKE, revokes);
        return new Connection.Revoked(from);
    }

    /** Unmaps it, on a thread of Chronicle's: nothing may look at {@link #view()} any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            bytes.releaseLast();
            memory.close();
        }
    }
}
