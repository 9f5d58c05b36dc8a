package io.nucleon.delivery;

import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** An event with a text that writes down which receipt it got; a second one is an error. */
public record TestRecord(long lane, String text, int redeliveries, List<String> receipts) implements DurableEvent {

    private static final TriggerSource SOURCE = new TriggerSource(0, "stream", "kafka-cluster", "async");

    public static String bodyOf(Event event) {
        return StandardCharsets.UTF_8.decode(event.body()).toString();
    }

    private void told(String receipt) {
        receipts.add(receipt + " " + text);
    }

    @Override
    public void ack() {
        told("ack");
    }

    @Override
    public void bury() {
        told("bury");
    }

    @Override
    public void nack(long delayNanos) {
        told("nack");
    }

    @Override
    public void hold() {
        told("hold");
    }

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
        return text.length();
    }

    @Override
    public void putBody(ByteBuffer target, int from, int length) {
        target.put(text.getBytes(StandardCharsets.UTF_8), from, length);
    }

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
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }
}
