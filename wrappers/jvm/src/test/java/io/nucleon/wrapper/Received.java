package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A frame that the fake processor has received, copied; its body put in place if it was in the arena. */
record Received(
        int type,
        int flags,
        int code,
        long correlation,
        long time,
        int epoch,
        String path,
        String contentType,
        List<String> extra,
        List<String> headers,
        ByteBuffer body,
        boolean fromArena) {

    /** Reads the frame at {@code at}; offsets as PROTOCOL.md §1 gives them. */
    static Received read(ByteBuffer source, int at) {
        int bodyLength = source.getInt(at + 32);
        int headersLength = source.getInt(at + 36);
        int path = source.getShort(at + 40) & 0xFFFF;
        int contentType = source.getShort(at + 42) & 0xFFFF;
        int id = source.getShort(at + 44) & 0xFFFF;
        int extra = source.getShort(at + 46) & 0xFFFF;
        long arena = source.getLong(at + 48);
        int next = at + 64;
        int headersAt = next + path + contentType + id + extra;
        int inline = arena == 0 ? bodyLength : 0;
        if (source.getInt(at) != headersAt - at + headersLength + inline) {
            throw new AssertionError("a frame whose length is not the sum of its sections");
        }
        return new Received(
                source.get(at + 4),
                source.get(at + 5) & 0xFF,
                source.getShort(at + 6) & 0xFFFF,
                source.getLong(at + 8),
                source.getLong(at + 16),
                source.getInt(at + 24),
                text(source, next, path),
                text(source, next + path, contentType),
                parts(text(source, next + path + contentType + id, extra)),
                parts(text(source, headersAt, headersLength)),
                copy(source, arena == 0 ? headersAt + headersLength : (int) arena, bodyLength),
                arena != 0);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    String text() {
        return UTF_8.decode(body.duplicate()).toString();
    }

    /** The same with this body. */
    Received with(ByteBuffer whole, int lastFlags) {
        return new Received(
                type,
                (flags & ~Layout.MORE) | lastFlags,
                code,
                correlation,
                time,
                epoch,
                path,
                contentType,
                extra,
                headers,
                whole,
                fromArena);
    }

    private static List<String> parts(String block) {
        return block.isEmpty() ? List.of() : new ArrayList<>(List.of(block.split("\0", -1)));
    }

    private static String text(ByteBuffer source, int at, int length) {
        return UTF_8.decode(source.slice(at, length)).toString();
    }

    private static ByteBuffer copy(ByteBuffer source, int at, int length) {
        return ByteBuffer.allocate(length).put(source.slice(at, length)).flip();
    }
}
