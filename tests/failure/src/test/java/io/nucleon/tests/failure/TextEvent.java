package io.nucleon.tests.failure;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** An event with a path and a body. */
final class TextEvent implements Event {

    private final String path;
    private final byte[] bytes;

    TextEvent(String path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    @Override
    public String path() {
        return path;
    }

    static final TriggerSource SOURCE = new TriggerSource(0, "test", "http", "sync");

    static TextEvent of(String path) {
        return new TextEvent(path, new byte[0]);
    }

    @Override
    public TriggerSource source() {
        return SOURCE;
    }

    @Override
    public long timeNanos() {
        return 1;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public int headBound() {
        return path.length();
    }

    @Override
    public void putPath(ByteBuffer target) {
        target.put(path.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void putContentType(ByteBuffer target) {}

    @Override
    public void putHeaders(ByteBuffer target) {}

    @Override
    public int bodyLength() {
        return bytes.length;
    }

    @Override
    public void putBody(ByteBuffer target, int from, int length) {
        target.put(bytes, from, length);
    }

    @Override
    public String query() {
        return "";
    }

    @Override
    public String contentType() {
        return "";
    }

    @Override
    public String header(String name) {
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> consumer) {}

    @Override
    public ByteBuffer body() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
