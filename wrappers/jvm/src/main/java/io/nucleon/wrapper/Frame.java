package io.nucleon.wrapper;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A received frame, a view on its bytes: moved from frame to frame, never stored. Confined to the main thread; valid until the frame is
 * released.
 */
public final class Frame {

    private ByteBuffer source;
    private int at;

    /** Looks at the frame at {@code offset} of a little-endian buffer; nothing of it is checked yet. */
    Frame over(ByteBuffer buffer, int offset) {
        source = buffer;
        at = offset;
        return this;
    }

    /**
     * Checks a frame of which {@code available} bytes are there.
     *
     * @param arenaFrom where the sender's arena begins in the buffer
     * @param arenaTo its end; equal to the beginning when there is none
     * @throws io.nucleon.error.NucleonException NUC-2010
     */
    void check(int available, int arenaFrom, int arenaTo) {
        int length = length();
        if (length < Layout.HEADER || length > available) {
            throw Errors.violation(
                    "a frame of " + Integer.toUnsignedString(length) + " bytes where " + available + " are there");
        }
        long arena = arenaOffset();
        long inline = arena == 0 ? Integer.toUnsignedLong(bodyLength()) : 0;
        long sum = (long) Layout.HEADER + shortSections() + Integer.toUnsignedLong(headersLength()) + inline;
        if (sum != length) {
            throw Errors.violation("a frame of " + length + " bytes whose sections take " + sum);
        }
        if (arena != 0 && (bodyLength() < 0 || arena < arenaFrom || arena + bodyLength() > arenaTo)) {
            throw Errors.violation("a body outside of the arena");
        }
    }

    private int shortSections() {
        return pathLength() + contentTypeLength() + idLength() + extraLength();
    }

    public int length() {
        return source.getInt(at + Layout.LENGTH);
    }

    public int type() {
        return source.get(at + Layout.TYPE) & 0xFF;
    }

    public boolean has(int flag) {
        return (source.get(at + Layout.FLAGS) & flag) != 0;
    }

    public int code() {
        return source.getShort(at + Layout.CODE) & 0xFFFF;
    }

    public long correlation() {
        return source.getLong(at + Layout.CORRELATION);
    }

    long time() {
        return source.getLong(at + Layout.TIME);
    }

    int epoch() {
        return source.getInt(at + Layout.EPOCH);
    }

    int shard() {
        return source.getInt(at + Layout.SHARD);
    }

    public int bodyLength() {
        return source.getInt(at + Layout.BODY_LENGTH);
    }

    private int headersLength() {
        return source.getInt(at + Layout.HEADERS_LENGTH);
    }

    private int pathLength() {
        return source.getShort(at + Layout.PATH_LENGTH) & 0xFFFF;
    }

    private int contentTypeLength() {
        return source.getShort(at + Layout.CONTENT_TYPE_LENGTH) & 0xFFFF;
    }

    private int idLength() {
        return source.getShort(at + Layout.ID_LENGTH) & 0xFFFF;
    }

    private int extraLength() {
        return source.getShort(at + Layout.EXTRA_LENGTH) & 0xFFFF;
    }

    private long arenaOffset() {
        return source.getLong(at + Layout.ARENA_OFFSET);
    }

    long streamOffset() {
        return source.getLong(at + Layout.STREAM_OFFSET);
    }

    byte[] path() {
        return bytes(at + Layout.HEADER, pathLength());
    }

    byte[] contentType() {
        return bytes(at + Layout.HEADER + pathLength(), contentTypeLength());
    }

    byte[] id() {
        return bytes(at + Layout.HEADER + pathLength() + contentTypeLength(), idLength());
    }

    byte[] extra() {
        return bytes(at + Layout.HEADER + pathLength() + contentTypeLength() + idLength(), extraLength());
    }

    byte[] headers() {
        return bytes(at + Layout.HEADER + shortSections(), headersLength());
    }

    public byte[] body() {
        return bytes(bodyAt(), bodyLength());
    }

    /** The body in place, read-only. */
    public ByteBuffer bodyView() {
        return source.slice(bodyAt(), bodyLength()).asReadOnlyBuffer();
    }

    private int bodyAt() {
        long arena = arenaOffset();
        return arena == 0 ? at + Layout.HEADER + shortSections() + headersLength() : (int) arena;
    }

    /** The bytes as they came: header and sections, with the body if it is inline. */
    public byte[] whole() {
        return bytes(at, length());
    }

    /** A frame of its own with the same header and sections, and this body inline. */
    Frame with(byte[] body) {
        int sections = Layout.HEADER + shortSections() + headersLength();
        ByteBuffer copy = ByteBuffer.allocate(sections + body.length).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(0, source, at, sections).put(sections, body);
        copy.putInt(Layout.LENGTH, copy.capacity())
                .putInt(Layout.BODY_LENGTH, body.length)
                .putLong(Layout.ARENA_OFFSET, 0);
        return new Frame().over(copy, 0);
    }

    private byte[] bytes(int from, int length) {
        byte[] copy = new byte[length];
        source.get(from, copy);
        return copy;
    }
}
