package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Writes a pairs block (PROTOCOL.md §1): {@code name NUL value NUL name NUL value}. Confined to one thread. */
final class Pairs {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

    /** Adds one pair; a NUL, which the block can't hold, is left out. */
    Pairs add(String name, String value) {
        if (bytes.size() > 0) {
            bytes.write(0);
        }
        bytes.writeBytes(text(name));
        bytes.write(0);
        bytes.writeBytes(text(value));
        return this;
    }

    /** Adds one value, or each of a list's. Scalars become text; null is left out. */
    Pairs addHeader(Map.Entry<?, ?> header) {
        String name = String.valueOf(header.getKey());
        if (header.getValue() instanceof Iterable<?> values) {
            for (Object value : values) {
                add(name, String.valueOf(value));
            }
        } else if (header.getValue() instanceof byte[] value) {
            add(name, new String(value, UTF_8));
        } else if (header.getValue() != null) {
            add(name, header.getValue().toString());
        }
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return (text.indexOf('\0') < 0 ? text : text.replace("\0", "")).getBytes(UTF_8);
    }
}
