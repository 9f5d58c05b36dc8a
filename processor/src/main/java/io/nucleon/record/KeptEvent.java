package io.nucleon.record;

import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.RecordedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** An event from the journal, as its trigger would give it. Immutable; the body is read by absolute position only. */
class KeptEvent implements DurableEvent {

    private static final int MOST_BYTES_A_CHARACTER = 3;
    private static final int SEPARATORS = 64;

    private final Entry entry;
    private final RecordedEvent event;
    private final TriggerSource source;

    /** @param entry one that carries an event */
    KeptEvent(Entry entry, TriggerSource source) {
        this.entry = entry;
        this.event = entry.event().orElseThrow();
        this.source = source;
    }

    @Override
    public final String invocationId() {
        return entry.id();
    }

    @Override
    public final int redeliveries() {
        return entry.tries().attempts();
    }

    @Override
    public final int crashes() {
        return entry.tries().crashes();
    }

    @Override
    public boolean comesAgain() {
        return false;
    }

    @Override
    public long lane() {
        return NO_LANE;
    }

    @Override
    public void ack() {
        // its deliverer tells the journal
    }

    @Override
    public void nack(long delayNanos) {
        // it stays in the journal for the next processor
    }

    @Override
    public void hold() {
        // there is no source that could hear of a later ack
    }

    @Override
    public final TriggerSource source() {
        return source;
    }

    @Override
    public final long timeNanos() {
        return event.timeNanos();
    }

    @Override
    public final String method() {
        return event.method();
    }

    @Override
    public final int shard() {
        return event.shard();
    }

    @Override
    public final long streamOffset() {
        return event.streamOffset();
    }

    @Override
    public final String id() {
        return event.sourceId();
    }

    @Override
    public final boolean hasObjectBody() {
        return event.objectBody();
    }

    @Override
    public final int headBound() {
        int characters = event.path().length()
                + event.query().length()
                + event.contentType().length()
                + event.sourceId().length()
                + lengthOf(event.extra())
                + lengthOf(event.headers());
        return MOST_BYTES_A_CHARACTER * characters + SEPARATORS;
    }

    private static int lengthOf(List<String> texts) {
        int length = 0;
        for (String text : texts) {
            length += text.length() + 1;
        }
        return length;
    }

    @Override
    public final void putPath(ByteBuffer target) {
        put(event.path(), target);
        if (!event.query().isEmpty()) {
            target.put((byte) 0);
            put(event.query(), target);
        }
    }

    @Override
    public final void putContentType(ByteBuffer target) {
        put(event.contentType(), target);
    }

    @Override
    public final void putId(ByteBuffer target) {
        put(event.sourceId(), target);
    }

    @Override
    public final void putExtra(ByteBuffer target) {
        putAll(event.extra(), target);
    }

    @Override
    public final void putHeaders(ByteBuffer target) {
        putAll(event.headers(), target);
    }

    private static void putAll(List<String> texts, ByteBuffer target) {
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                target.put((byte) 0);
            }
            put(texts.get(i), target);
        }
    }

    private static void put(String text, ByteBuffer target) {
        target.put(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public final int bodyLength() {
        return event.body().remaining();
    }

    @Override
    public final void putBody(ByteBuffer target, int from, int length) {
        ByteBuffer body = event.body();
        target.put(target.position(), body, body.position() + from, length);
        target.position(target.position() + length);
    }

    @Override
    public final String path() {
        return event.path();
    }

    @Override
    public final String query() {
        return event.query();
    }

    @Override
    public final String contentType() {
        return event.contentType();
    }

    @Override
    public final String extra(String name) {
        return event.extra(name);
    }

    @Override
    public final String header(String name) {
        return event.header(name).orElse(null);
    }

    @Override
    public final void forEachHeader(BiConsumer<String, String> consumer) {
        for (int i = 0; i < event.headers().size(); i += 2) {
            consumer.accept(event.headers().get(i), event.headers().get(i + 1));
        }
    }

    @Override
    public final ByteBuffer body() {
        return event.body().duplicate();
    }
}
