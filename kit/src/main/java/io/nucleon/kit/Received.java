package io.nucleon.kit;

import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A frame of the worker, copied. Immutable.
 *
 * @param inArena whether the body lay in the response arena
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Received(
        int type,
        int flags,
        int code,
        long correlation,
        long time,
        int shard,
        long streamOffset,
        String path,
        String contentType,
        Map<String, String> extra,
        Map<String, String> headers,
        byte[] body,
        boolean inArena) {

    private static final int SHOWN_CHARS = 200;

    static Received of(FrameView frame) {
        int flags = 0;
        for (int bit = 1; bit <= FrameLayout.FLAG_OBJECT; bit <<= 1) {
            flags |= frame.has(bit) ? bit : 0;
        }
        return new Received(
                frame.type(),
                flags,
                frame.code(),
                frame.correlation(),
                frame.time(),
                frame.shard(),
                frame.streamOffset(),
                text(bytes(frame.path())),
                text(bytes(frame.contentType())),
                pairs(bytes(frame.extra())),
                pairs(bytes(frame.headers())),
                bytes(frame.body()),
                frame.arenaOffset() != 0);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The body as UTF-8. */
    String text() {
        return text(body);
    }

    /** In a message. */
    String shown() {
        String what = FrameLayout.typeName(type) + " of correlation " + Long.toUnsignedString(correlation);
        return switch (type) {
            case FrameLayout.RESPONSE -> what + ", code " + code + flagsShown() + ", body " + shown(text());
            case FrameLayout.LOG -> "LOG of correlation " + Long.toUnsignedString(correlation) + ": " + shown(path);
            case FrameLayout.FAULT -> "FAULT " + shown(text());
            default -> what + flagsShown();
        };
    }

    private String flagsShown() {
        return flags == 0 ? "" : ", flags 0x" + Integer.toHexString(flags);
    }

    /** A text in quotes, cut. */
    static String shown(String text) {
        return "'" + (text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…") + "'";
    }

    private static byte[] bytes(ByteBuffer section) {
        byte[] bytes = new byte[section.remaining()];
        section.get(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A block with an odd number of parts shows the last one with a value that no block can hold. */
    private static Map<String, String> pairs(byte[] block) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (block.length > 0) {
            String[] parts = text(block).split("\0", -1);
            for (int i = 0; i < parts.length; i += 2) {
                pairs.put(parts[i], i + 1 < parts.length ? parts[i + 1] : "\0");
            }
        }
        return pairs;
    }
}
