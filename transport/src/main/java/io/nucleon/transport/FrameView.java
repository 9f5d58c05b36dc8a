package io.nucleon.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A frame in memory that the peer can still write to: each header field is read once into this view, then checked, then used. Reused by
 * its connection; valid until the handler returns. The section methods give windows whose position and limit may be moved.
 */
public final class FrameView {

    private ByteBuffer path = ByteBuffer.allocate(0);
    private ByteBuffer contentType = path;
    private ByteBuffer extra = path;
    private ByteBuffer headers = path;
    private ByteBuffer body = path;
    private ByteBuffer memory = path;

    private int length;
    private int type;
    private int flags;
    private int code;
    private long correlation;
    private long time;
    private int epoch;
    private int shard;
    private int bodyLength;
    private int headersLength;
    private int pathLength;
    private int contentTypeLength;
    private int idLength;
    private int extraLength;
    private long arenaOffset;
    private long streamOffset;
    private int start;

    /** Looks at other memory from now on; little-endian. */
    public void over(ByteBuffer newMemory) {
        memory = newMemory;
        path = window();
        contentType = window();
        extra = window();
        headers = window();
        body = window();
    }

    private ByteBuffer window() {
        return memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the header at {@code offset} of the memory and checks its form.
     *
     * @param available bytes that are readable from there; at least a header
     * @param arenaFrom first offset that a body by reference may have; {@code arenaTo} where it must end; 0, 0 = no arena
     * @return null if it is well-formed, else what is wrong
     */
    public String read(int offset, long available, long arenaFrom, long arenaTo) {
        ByteBuffer m = memory;
        start = offset;
        length = m.getInt(offset + FrameLayout.LENGTH);
        int typeAndMore = m.getInt(offset + FrameLayout.TYPE);
        type = typeAndMore & 0xFF;
        flags = (typeAndMore >>> 8) & 0xFF;
        code = typeAndMore >>> 16;
        correlation = m.getLong(offset + FrameLayout.CORRELATION);
        time = m.getLong(offset + FrameLayout.TIME);
        epoch = m.getInt(offset + FrameLayout.EPOCH);
        shard = m.getInt(offset + FrameLayout.SHARD);
        bodyLength = m.getInt(offset + FrameLayout.BODY_LENGTH);
        headersLength = m.getInt(offset + FrameLayout.HEADERS_LENGTH);
        long shorts = m.getLong(offset + FrameLayout.PATH_LENGTH);
        pathLength = (int) shorts & 0xFFFF;
        contentTypeLength = (int) (shorts >>> 16) & 0xFFFF;
        idLength = (int) (shorts >>> 32) & 0xFFFF;
        extraLength = (int) (shorts >>> 48);
        arenaOffset = m.getLong(offset + FrameLayout.ARENA_OFFSET);
        streamOffset = m.getLong(offset + FrameLayout.STREAM_OFFSET);
        return check(available, arenaFrom, arenaTo);
    }

    private String check(long available, long arenaFrom, long arenaTo) {
        if (length < FrameLayout.HEADER || length > available) {
            return "length " + Integer.toUnsignedString(length) + " of " + available + " readable bytes";
        }
        if (type == 0 || type > FrameLayout.FAULT) {
            return "unknown " + FrameLayout.typeName(type);
        }
        if (type == FrameLayout.PAD) {
            return null;
        }
        if (bodyLength < 0 || headersLength < 0) {
            return "a section of over 2 GiB";
        }
        long sections =
                FrameLayout.HEADER + (long) headersLength + pathLength + contentTypeLength + idLength + extraLength;
        if (arenaOffset == 0) {
            sections += bodyLength;
        } else if (arenaOffset < arenaFrom || arenaOffset > arenaTo - bodyLength) {
            return "body at " + Long.toUnsignedString(arenaOffset) + " outside of the arena";
        }
        return sections == length ? null : "sections of " + sections + " bytes in a frame of " + length;
    }

    public int length() {
        return length;
    }

    public int type() {
        return type;
    }

    /** Whether a flag of {@link FrameLayout} is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public int code() {
        return code;
    }

    public long correlation() {
        return correlation;
    }

    public long time() {
        return time;
    }

    public int epoch() {
        return epoch;
    }

    public int shard() {
        return shard;
    }

    public long streamOffset() {
        return streamOffset;
    }

    /** Where the body lies in the segment; 0 = in the frame. */
    public long arenaOffset() {
        return arenaOffset;
    }

    public int bodyLength() {
        return bodyLength;
    }

    public ByteBuffer path() {
        return window(path, start + FrameLayout.HEADER, pathLength);
    }

    public ByteBuffer contentType() {
        return window(contentType, start + FrameLayout.HEADER + pathLength, contentTypeLength);
    }

    public ByteBuffer extra() {
        return window(extra, start + FrameLayout.HEADER + pathLength + contentTypeLength + idLength, extraLength);
    }

    public ByteBuffer headers() {
        return window(headers, headersStart(), headersLength);
    }

    public ByteBuffer body() {
        return window(
                body, arenaOffset == 0 ? headersStart() + headersLength : Math.toIntExact(arenaOffset), bodyLength);
    }

    private int headersStart() {
        return start + FrameLayout.HEADER + pathLength + contentTypeLength + idLength + extraLength;
    }

    private static ByteBuffer window(ByteBuffer window, int from, int size) {
        return window.limit(from + size).position(from);
    }
}
