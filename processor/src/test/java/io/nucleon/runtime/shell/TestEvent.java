package io.nucleon.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** A body as an event; {@link #release} makes every later look at it fail. */
final class TestEvent implements Event {

    static final TriggerSource HTTP = new TriggerSource(0, "default-http", "http", "sync");

    private final String path;
    private final byte[] body;
    private volatile boolean released;

    TestEvent(String path, byte[] body) {
        this.path = path;
        this.body = body;
    }

    TestEvent(String body) {
        this("/", body.getBytes(UTF_8));
    }

    /** The trigger's buffer goes back. */
    void release() {
        released = true;
    }

    private void check() {
        if (released) {
            throw new AssertionError("the event was read after its reply");
        }
    }

    @Override
    public TriggerSource source() {
        return HTTP;
    }

    @Override
    public long timeNanos() {
        return 1_700_000_000_123_456_789L;
    }

    @Override
    public String method() {
        check();
        return "POST";
    }

    @Override
    public int headBound() {
        return 1024;
    }

    @Override
    public void putPath(ByteBuffer target) {
        target.put(path.getBytes(UTF_8));
    }

    @Override
    public void putContentType(ByteBuffer target) {}

    @Override
    public void putHeaders(ByteBuffer target) {}

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
        return "";
    }

    @Override
    public String contentType() {
        return "";
    }

    @Override
    public String header(String name) {
        check();
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> consumer) {}

    @Override
    public ByteBuffer body() {
        check();
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }
}
