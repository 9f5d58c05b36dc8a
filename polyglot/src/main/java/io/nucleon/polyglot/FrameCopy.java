package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.wrapper.Frame;
import io.nucleon.wrapper.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A received frame's header and sections, its own copy, so that an event may outlive its answer. The code of a context can't look into it. */
final class FrameCopy {

    private final byte[] bytes;
    private final ByteBuffer view;

    FrameCopy(Frame frame) {
        bytes = frame.whole();
        view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Type, flags and code, from the lowest byte on. */
    int head() {
        return view.getInt(Layout.TYPE);
    }

    long correlation() {
        return view.getLong(Layout.CORRELATION);
    }

    int u16(int field) {
        return Short.toUnsignedInt(view.getShort(field));
    }

    int i32(int field) {
        return view.getInt(field);
    }

    long i64(int field) {
        return view.getLong(field);
    }

    /** The text of a section, by the header field that has its length; what is no UTF-8 becomes U+FFFD. */
    String text(int field) {
        int length = field == Layout.HEADERS_LENGTH ? i32(field) : u16(field);
        return length == 0 ? "" : new String(bytes, start(field), length, UTF_8);
    }

    private int start(int field) {
        int start = Layout.HEADER;
        int before = field == Layout.HEADERS_LENGTH ? Layout.EXTRA_LENGTH + 2 : field;
        for (int other = Layout.PATH_LENGTH; other < before; other += 2) {
            start += u16(other);
        }
        return start;
    }
}
