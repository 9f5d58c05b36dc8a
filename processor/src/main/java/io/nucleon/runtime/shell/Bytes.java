package io.nucleon.runtime.shell;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are collected, as many as come. Confined to the loop. */
final class Bytes {

    private static final int FIRST = 512;
    /** What is kept for the next answer. */
    private static final int KEPT = 64 * 1024;

    private byte[] bytes = new byte[FIRST];
    private int size;

    void add(ByteBuffer part) {
        int length = part.remaining();
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
        part.get(bytes, size, length);
        size += length;
    }

    void add(byte[] part) {
        add(ByteBuffer.wrap(part));
    }

    int size() {
        return size;
    }

    /** A view, valid until the next change. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }

    /** The last bytes as text, at most so many. */
    String tail(int most) {
        int from = Math.max(0, size - most);
        return new String(bytes, from, size - from, StandardCharsets.UTF_8);
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
    }
}
