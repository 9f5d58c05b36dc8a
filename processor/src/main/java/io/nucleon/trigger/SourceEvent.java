package io.nucleon.trigger;

import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * An event that came as a {@link SourceMessage}; its trigger adds the receipt. Read by one thread at a time.
 *
 * <p>The body is read by absolute position only, so that it may be shared.
 */
public abstract class SourceEvent implements DurableEvent {

    private static final int MOST_BYTES_A_CHARACTER = 3;
    /** Names and separators of the extra block. */
    private static final int EXTRA_BOUND = 64;

    private final TriggerSource source;
    /** Null until somebody asks. */
    private SourceMessage message;

    protected SourceEvent(TriggerSource source, SourceMessage message) {
        this.source = source;
        this.message = message;
    }

    /** An event whose {@link #decode} is called when somebody asks for anything of it but its receipt. */
    protected SourceEvent(TriggerSource source) {
        this.source = source;
    }

    /** What the source says of it; called once at most, by the first who asks. */
    protected SourceMessage decode() {
        throw new IllegalStateException("made without a message and without a way to decode one");
    }

    public final SourceMessage message() {
        SourceMessage known = message;
        if (known == null) {
            known = decode();
            message = known;
        }
        return known;
    }

    @Override
    public final TriggerSource source() {
        return source;
    }

    @Override
    public final long timeNanos() {
        return message().timeNanos();
    }

    @Override
    public final String method() {
        return message().method();
    }

    @Override
    public final int shard() {
        return message().shard();
    }

    @Override
    public final long streamOffset() {
        return message().streamOffset();
    }

    @Override
    public final String id() {
        return message().id();
    }

    @Override
    public final String path() {
        return message().path();
    }

    @Override
    public final String query() {
        return "";
    }

    @Override
    public final String contentType() {
        return message().contentType();
    }

    @Override
    public final String extra(String name) {
        return switch (name) {
            case "url" -> message().url();
            case "topic" -> message().topic();
            default -> "";
        };
    }

    @Override
    public final String header(String name) {
        List<String> headers = message().headers();
        for (int i = headers.size() - 2; i >= 0; i -= 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    @Override
    public final void forEachHeader(BiConsumer<String, String> consumer) {
        List<String> headers = message().headers();
        for (int i = 0; i < headers.size(); i += 2) {
            consumer.accept(headers.get(i), headers.get(i + 1));
        }
    }

    @Override
    public final int headBound() {
        int characters = message().path().length()
                + message().contentType().length()
                + message().id().length()
                + message().url().length()
                + message().topic().length()
                + message().method().length();
        for (String part : message().headers()) {
            characters += part.length() + 1;
        }
        return MOST_BYTES_A_CHARACTER * characters + EXTRA_BOUND;
    }

    @Override
    public final void putPath(ByteBuffer target) {
        put(message().path(), target);
    }

    @Override
    public final void putContentType(ByteBuffer target) {
        put(message().contentType(), target);
    }

    @Override
    public final void putId(ByteBuffer target) {
        put(message().id(), target);
    }

    @Override
    public final void putExtra(ByteBuffer target) {
        int start = target.position();
        putPair("url", message().url(), start, target);
        putPair("topic", message().topic(), start, target);
        putPair("method", message().method(), start, target);
    }

    private static void putPair(String name, String value, int start, ByteBuffer target) {
        if (!value.isEmpty()) {
            if (target.position() > start) {
                target.put((byte) 0);
            }
            put(name, target);
            target.put((byte) 0);
            put(value, target);
        }
    }

    @Override
    public final void putHeaders(ByteBuffer target) {
        List<String> headers = message().headers();
        for (int i = 0; i < headers.size(); i++) {
            if (i > 0) {
                target.put((byte) 0);
            }
            put(headers.get(i), target);
        }
    }

    private static void put(String text, ByteBuffer target) {
        if (!text.isEmpty()) {
            target.put(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public final int bodyLength() {
        return message().body().remaining();
    }

    @Override
    public final void putBody(ByteBuffer target, int from, int length) {
        ByteBuffer body = message().body();
        target.put(target.position(), body, body.position() + from, length);
        target.position(target.position() + length);
    }

    @Override
    public final ByteBuffer body() {
        return message().body().asReadOnlyBuffer();
    }
}
