package io.nucleon.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** An event made by a test; members can be set until it is offered. {@link #release} makes every later look at it fail. */
public final class LentEvent implements Event {

    public static final TriggerSource HTTP = new TriggerSource(0, "default-http", "http", "sync");

    public final Map<String, String> headers = new LinkedHashMap<>();
    public final Map<String, String> extra = new LinkedHashMap<>();
    public TriggerSource source = HTTP;
    public long timeNanos = 1_700_000_000_123_456_789L;
    public String method = "POST";
    public String path = "/";
    public String query = "";
    public String contentType = "";
    public String id = "";
    public int shard = -1;
    public long streamOffset;
    public byte[] body = {};
    public boolean stays;
    private volatile boolean released;

    public LentEvent body(String text) {
        body = text.getBytes(UTF_8);
        return this;
    }

    public LentEvent body(byte[] bytes) {
        body = bytes;
        return this;
    }

    /** The trigger's buffer goes back. */
    public void release() {
        released = true;
    }

    private void check() {
        if (released) {
            throw new AssertionError("the event was read after its reply");
        }
    }

    @Override
    public boolean staysReadable() {
        return stays;
    }

    @Override
    public TriggerSource source() {
        return source;
    }

    @Override
    public long timeNanos() {
        return timeNanos;
    }

    @Override
    public String method() {
        check();
        return method;
    }

    @Override
    public int shard() {
        return shard;
    }

    @Override
    public long streamOffset() {
        return streamOffset;
    }

    @Override
    public int headBound() {
        return 65_536;
    }

    @Override
    public void putPath(ByteBuffer target) {
        throw new AssertionError("nobody needs the raw path in process");
    }

    @Override
    public void putContentType(ByteBuffer target) {
        throw new AssertionError("nobody needs the raw content type in process");
    }

    @Override
    public void putHeaders(ByteBuffer target) {
        throw new AssertionError("nobody needs the raw headers in process");
    }

    @Override
    public int bodyLength() {
        return body.length;
    }

    @Override
    public void putBody(ByteBuffer target, int from, int length) {
        check();
        target.put(body, from, length);
    }

    @Override
    public String path() {
        check();
        return path;
    }

    @Override
    public String query() {
        check();
        return query;
    }

    @Override
    public String contentType() {
        check();
        return contentType;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String extra(String name) {
        return extra.getOrDefault(name, "");
    }

    @Override
    public String header(String name) {
        check();
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> consumer) {
        check();
        headers.forEach(consumer);
    }

    @Override
    public ByteBuffer body() {
        check();
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }
}
