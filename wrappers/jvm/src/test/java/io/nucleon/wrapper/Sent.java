package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A frame that the fake processor sends; members can be set until then. */
final class Sent {

    int type = 4;
    int flags;
    int code = 1;
    long correlation;
    long time = 1_700_000_000_123_456_789L;
    int epoch = FakeProcessor.EPOCH;
    int shard = -1;
    long streamOffset;
    byte[] path = {'/'};
    byte[] contentType = {};
    byte[] id = {};
    byte[] extra = {};
    byte[] headers = {};
    byte[] body = {};
    long arena;

    Sent path(String text) {
        path = text.getBytes(UTF_8);
        return this;
    }

    Sent headers(String... pairs) {
        headers = String.join("\0", pairs).getBytes(UTF_8);
        return this;
    }

    Sent extra(String... pairs) {
        extra = String.join("\0", pairs).getBytes(UTF_8);
        return this;
    }

    Sent body(String text) {
        body = text.getBytes(UTF_8);
        return this;
    }

    Sent body(byte[] bytes) {
        body = bytes;
        return this;
    }

    Sent flags(int bits) {
        flags = bits;
        return this;
    }

    byte[] bytes() {
        int sections = path.length + contentType.length + id.length + extra.length + headers.length;
        int length = 64 + sections + (arena == 0 ? body.length : 0);
        ByteBuffer frame = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(length).put((byte) type).put((byte) flags).putShort((short) code);
        frame.putLong(correlation).putLong(time).putInt(epoch).putInt(shard);
        frame.putInt(body.length).putInt(headers.length);
        frame.putShort((short) path.length).putShort((short) contentType.length);
        frame.putShort((short) id.length).putShort((short) extra.length);
        frame.putLong(arena).putLong(streamOffset);
        frame.put(path).put(contentType).put(id).put(extra).put(headers);
        if (arena == 0) {
            frame.put(body);
        }
        return frame.array();
    }
}
