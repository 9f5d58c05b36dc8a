package io.nucleon.transport;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * All that a frame says, as values to compare; sections as hexadecimal digits.
 *
 * @param body empty when it lies in an arena
 */
public record FrameContent(
        int type,
        int flags,
        int code,
        long correlation,
        long time,
        int epoch,
        int shard,
        long streamOffset,
        long arenaOffset,
        int bodyLength,
        String path,
        String contentType,
        String id,
        String extra,
        String headers,
        String body) {

    /** Copies what a view shows. */
    public static FrameContent of(FrameView view) {
        int flags = 0;
        for (int flag = 1; flag <= FrameLayout.FLAG_OBJECT; flag <<= 1) {
            flags |= view.has(flag) ? flag : 0;
        }
        return new FrameContent(
                view.type(),
                flags,
                view.code(),
                view.correlation(),
                view.time(),
                view.epoch(),
                view.shard(),
                view.streamOffset(),
                view.arenaOffset(),
                view.bodyLength(),
                hex(view.path()),
                hex(view.contentType()),
                hex(id(view)),
                hex(view.extra()),
                hex(view.headers()),
                view.arenaOffset() == 0 ? hex(view.body()) : "");
    }

    /** The id, which the processor never reads, lies between its neighbours. */
    private static ByteBuffer id(FrameView view) {
        ByteBuffer contentType = view.contentType();
        int from = contentType.limit();
        return contentType.duplicate().limit(view.extra().position()).position(from);
    }

    private static String hex(ByteBuffer section) {
        byte[] bytes = new byte[section.remaining()];
        section.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
