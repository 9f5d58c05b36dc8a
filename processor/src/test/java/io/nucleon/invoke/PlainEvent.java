package io.nucleon.invoke;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** An event of which only its source and the size of its body matter. */
public record PlainEvent(TriggerSource source, int bodyLength) implements Event {

    /** From the trigger of that index, with a body of that many zeros. */
    public static PlainEvent of(int trigger, int bodyLength) {
        return new PlainEvent(new TriggerSource(trigger, "t" + trigger, "http", "sync"), bodyLength);
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
