package io.nucleon.wrapper;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The memory that processor and worker share (PROTOCOL.md §5), mapped for as long as the arena that it is given. Orders of access as the methods say; all
 * offsets of longs are multiples of 8.
 */
final class Segment {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory;

    /** A part of the segment. */
    record Area(int offset, int size) {
        int end() {
            return offset + size;
        }
    }

    private Segment(ByteBuffer memory) {
        this.memory = memory;
    }

    /**
     * Maps and checks a segment.
     *
     * @throws IOException if it can't be opened
     * @throws io.nucleon.error.NucleonException NUC-2002 or NUC-2010 if it is none of ours
     */
    static Segment open(Path path, long size, int epoch, Arena arena) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (size < Layout.HEADER_PAGE || size > Integer.MAX_VALUE || file.size() < size) {
                throw Errors.violation(
                        "a segment of " + size + " bytes is announced and " + file.size() + " are there");
            }
            ByteBuffer memory =
                    file.map(FileChannel.MapMode.READ_WRITE, 0, size, arena).asByteBuffer();
            Segment segment = new Segment(memory.order(ByteOrder.LITTLE_ENDIAN));
            segment.check(size, epoch);
            return segment;
        }
    }

    private void check(long size, int epoch) {
        if (memory.getLong(Layout.SEGMENT_MAGIC) != Layout.MAGIC
                || memory.getInt(Layout.SEGMENT_HEADER_SIZE) != Layout.HEADER_PAGE
                || memory.getLong(Layout.SEGMENT_SIZE) != size) {
            throw Errors.violation("the segment's header is not that of a segment");
        }
        int major = memory.getShort(Layout.SEGMENT_MAJOR);
        if (major != Layout.MAJOR) {
            throw Errors.otherProtocol(major);
        }
        if ((int) memory.getLong(Layout.SEGMENT_EPOCH) != epoch) {
            throw Errors.violation("the segment is of another epoch");
        }
        checkRing(area(Layout.REQUEST_RING));
        checkRing(area(Layout.RESPONSE_RING));
        area(Layout.REQUEST_ARENA);
        if (area(Layout.RESPONSE_ARENA).size() > 0 && chunkSize() < Layout.HEADER) {
            throw Errors.violation("the arena's chunks have " + chunkSize() + " bytes");
        }
    }

    private static void checkRing(Area ring) {
        if ((ring.size() & (ring.size() - 1)) != 0 || ring.offset() % Layout.HEADER != 0) {
            throw Errors.violation("a ring's size is no power of two, or it is not aligned");
        }
    }

    /** The ring or arena whose offset and size are at that place of the header. */
    Area area(int at) {
        long offset = memory.getLong(at);
        long size = memory.getLong(at + Long.BYTES);
        if (size != 0 && (offset < Layout.HEADER_PAGE || size < 0 || offset + size > memory.capacity())) {
            throw Errors.violation("an area of the segment lies outside of it");
        }
        return new Area((int) offset, (int) size);
    }

    int chunkSize() {
        return memory.getInt(Layout.CHUNK_SIZE);
    }

    /** All of it, little-endian, for absolute access. */
    ByteBuffer memory() {
        return memory;
    }

    long getAcquire(int at) {
        return (long) LONGS.getAcquire(memory, at);
    }

    long getOpaque(int at) {
        return (long) LONGS.getOpaque(memory, at);
    }

    void setOpaque(int at, long value) {
        LONGS.setOpaque(memory, at, value);
    }

    void setRelease(int at, long value) {
        LONGS.setRelease(memory, at, value);
    }

    static void fence() {
        VarHandle.fullFence();
    }
}
