package io.nucleon.bench.load;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** An event of fixed content, safe to be given many times. */
final class MemoryEvent implements Event {

    private static final byte[] PATH = "/bench".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "application/octet-stream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADERS =
            "Host\0localhost\0User-Agent\0bench\0Accept\0*/*".getBytes(StandardCharsets.US_ASCII);

    private final TriggerSource source;
    private final byte[] body;

    MemoryEvent(TriggerSource source, int bodyLength) {
        this.source = source;
        this.body = new byte[bodyLength];
    }

    @Override
    public TriggerSource source() {
        return source;
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
        return PATH.length + TYPE.length + HEADERS.length;
    }

    @Override
    public void putPath(ByteBuffer target) {
        target.put(PATH);
    }

    @Override
    public void putContentType(ByteBuffer target) {
        target.put(TYPE);
    }

    @Override
    public void putHeaders(ByteBuffer target) {
        target.put(HEADERS);
    }

    @Override
    public int bodyLength() {
        return body.length;
    }

    @Override
    public void putBody(ByteBuffer target, int from, int length) {
        target.put(body, from, length);
    }

    @Override
    public String path() {
        return "/bench";
    }

    @Override
    public String query() {
        return "";
    }

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    @Override
    public String header(String name) {
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> consumer) {
        consumer.accept("Host", "localhost");
    }

    @Override
    public ByteBuffer body() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }
}
