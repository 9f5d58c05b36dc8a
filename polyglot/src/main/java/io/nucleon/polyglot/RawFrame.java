package io.nucleon.polyglot;

import io.nucleon.wrapper.Layout;
import io.nucleon.wrapper.Outgoing;
import io.nucleon.wrapper.Outgoing.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A frame that a wrapper has written as bytes, read back into its parts. Stateless. */
final class RawFrame {

    private RawFrame() {}

    /** Of a frame with its body inline. A length that does not fit is the code's own mistake, which ends its context. */
    static Outgoing parse(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int path = u16(frame, Layout.PATH_LENGTH);
        int contentType = u16(frame, Layout.CONTENT_TYPE_LENGTH);
        int id = u16(frame, Layout.ID_LENGTH);
        int extra = u16(frame, Layout.EXTRA_LENGTH);
        int headers = frame.getInt(Layout.HEADERS_LENGTH);
        int body = frame.getInt(Layout.BODY_LENGTH);
        int at = Layout.HEADER;
        Section pathSection = part(frame, at, path);
        at += path;
        Section contentTypeSection = part(frame, at, contentType);
        at += contentType + id;
        Section extraSection = part(frame, at, extra);
        at += extra;
        Section headersSection = part(frame, at, headers);
        at += headers;
        return new Outgoing(
                frame.get(Layout.TYPE) & 0xFF,
                frame.get(Layout.FLAGS) & 0xFF,
                u16(frame, Layout.CODE),
                frame.getLong(Layout.CORRELATION),
                frame.getLong(Layout.TIME),
                frame.getInt(Layout.SHARD),
                frame.getLong(Layout.STREAM_OFFSET),
                pathSection,
                contentTypeSection,
                extraSection,
                headersSection,
                part(frame, at, body));
    }

    private static int u16(ByteBuffer frame, int at) {
        return Short.toUnsignedInt(frame.getShort(at));
    }

    private static Section part(ByteBuffer frame, int at, int length) {
        return length == 0 ? Section.EMPTY : new Section(frame.slice(at, length));
    }
}
