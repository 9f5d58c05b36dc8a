package io.nucleon.admin;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** An event that has a source and nothing else. */
record SampleEvent(TriggerSource source) implements Event {

    static SampleEvent of(int trigger) {
        return new SampleEvent(new TriggerSource(trigger, "t" + trigger, "http", "sync"));
    }

    @Override
    public long timeNanos() {
        return 0;
    }

    @Override
    public String method() {
        return "";
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
    public int bodyLength() {
        return 0;
    }

    @Override
    public void putBody(ByteBuffer target, int from, int length) {}

    @Override
    public String path() {
        return "";
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
        return ByteBuffer.allocate(0);
    }
}
