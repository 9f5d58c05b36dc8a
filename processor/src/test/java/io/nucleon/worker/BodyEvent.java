package io.nucleon.worker;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** An event of which only the size of its body matters. */
record BodyEvent(int bodyLength) implements Event {

    private static final TriggerSource SOURCE = new TriggerSource(0, "test", "http", "sync");

    @Override
    public TriggerSource source() {
        return SOURCE;
    }

    @Override
    public long timeNanos() {
        return 0;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public int headBound() {
        return 0;
    }

    @Override
    public void putPath(ByteBuffer target) {}

    @Override
    public void putContentType(ByteBuffer target) {}

    @Override
    public void putHeaders(ByteBuffer target) {}

    @Override
    public void putBody(ByteBuffer target, int from, int length) {
        target.put(new byte[length]);
    }

    @Override
    public String path() {
        return "/";
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
        return ByteBuffer.allocate(bodyLength);
    }
}
