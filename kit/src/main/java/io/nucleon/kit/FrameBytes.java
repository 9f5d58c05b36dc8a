package io.nucleon.kit;

import io.nucleon.transport.FrameLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A frame to be sent, in words; {@link #bytes} is what PROTOCOL.md §1 makes of them. Confined to one thread. */
final class FrameBytes {

    /** Every worker of a check has this epoch, which is that of the golden frames. */
    static final int EPOCH = 7;

    private static final byte[] NONE = {};

    private final int type;
    private int flags;
    private int code;
    private long correlation;
    private long time;
    private int epoch = EPOCH;
    private int shard = -1;
    private long streamOffset;
    private long arena;
    private byte[] path = NONE;
    private byte[] contentType = NONE;
    private byte[] id = NONE;
    private byte[] extra = NONE;
    private byte[] headers = NONE;
    private byte[] body = NONE;

    private FrameBytes(int type) {
        this.type = type;
    }

    static FrameBytes of(int type) {
        return new FrameBytes(type);
    }

    FrameBytes flags(int newFlags) {
        flags = newFlags;
        return this;
    }

    FrameBytes code(int newCode) {
        code = newCode;
        return this;
    }

    FrameBytes correlation(long newCorrelation) {
        correlation = newCorrelation;
        return this;
    }

    FrameBytes time(long newTime) {
        time = newTime;
        return this;
    }

    FrameBytes epoch(int newEpoch) {
        epoch = newEpoch;
        return this;
    }

    FrameBytes place(int newShard, long newStreamOffset) {
        shard = newShard;
        streamOffset = newStreamOffset;
        return this;
    }

    /** With the query, if there is one, behind a NUL. */
    FrameBytes path(String newPath) {
        path = utf8(newPath);
        return this;
    }

    FrameBytes contentType(String newContentType) {
        contentType = utf8(newContentType);
        return this;
    }

    FrameBytes id(String newId) {
        id = utf8(newId);
        return this;
    }

    FrameBytes extra(Map<String, String> pairs) {
        extra = block(pairs);
        return this;
    }

    FrameBytes headers(Map<String, String> pairs) {
        headers = block(pairs);
        return this;
    }

    FrameBytes body(byte[] newBody) {
        body = newBody;
        return this;
    }

    FrameBytes body(String newBody) {
        return body(utf8(newBody));
    }

    /** The body lies there in the segment and not in the frame. */
    FrameBytes arena(long newArena) {
        arena = newArena;
        return this;
    }

    int flags() {
        return flags;
    }

    long correlation() {
        return correlation;
    }

    byte[] body() {
        return body;
    }

    byte[] bytes() {
        int inline = arena == 0 ? body.length : 0;
        int length = FrameLayout.HEADER
                + path.length
                + contentType.length
                + id.length
                + extra.length
                + headers.length
                + inline;
        ByteBuffer frame = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(length).put((byte) type).put((byte) flags).putShort((short) code);
        frame.putLong(correlation).putLong(time).putInt(epoch).putInt(shard);
        frame.putInt(body.length).putInt(headers.length).putShort((short) path.length);
        frame.putShort((short) contentType.length).putShort((short) id.length).putShort((short) extra.length);
        frame.putLong(arena).putLong(streamOffset);
        frame.put(path).put(contentType).put(id).put(extra).put(headers);
        if (arena == 0) {
            frame.put(body);
        }
        return frame.array();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A word of the segment. */
    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] block(Map<String, String> pairs) {
        StringBuilder block = new StringBuilder();
        pairs.forEach((name, value) -> block.append(block.isEmpty() ? "" : "\0")
                .append(name)
                .append('\0')
                .append(value));
        return utf8(block.toString());
    }
}
