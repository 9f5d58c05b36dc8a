package io.nucleon.trigger;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a cloud event is to a handler: members of the envelope over the event that carried it. Lent as long as its carrier; made anew for
 * each event, since an envelope that is used again keeps what the last one held.
 */
final class CloudEvent implements Event {

    /**
     * Members that both forms have.
     *
     * @param source becomes the kind of the trigger, as in nuclio
     */
    record Attributes(
            String id, String type, String typeVersion, String version, String source, String name, long timeNanos) {}

    /**
     * What a structured event brings instead of its carrier's.
     *
     * @param isObject whether the body is the JSON text of an object
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one event, read only
    record Payload(String contentType, Map<String, String> headers, byte[] body, boolean isObject) {}

    private final Event carrier;
    private final Attributes attributes;
    private final Payload payload;
    private final byte[] id;
    private final byte[] extra;
    private final byte[] contentType;
    private final byte[] headers;

    /** {@code payload}: null for the carrier's own content type, headers and body. */
    CloudEvent(Event carrier, Attributes attributes, Payload payload) {
        this.carrier = carrier;
        this.attributes = attributes;
        this.payload = payload;
        id = utf8(attributes.id());
        extra = utf8(extraPairs());
        contentType = utf8(payload == null ? "" : payload.contentType());
        headers = utf8(payload == null ? "" : headerPairs(payload.headers()));
    }

    private String extraPairs() {
        StringBuilder pairs = new StringBuilder();
        pair(pairs, "type", attributes.type());
        pair(pairs, "type_version", attributes.typeVersion());
        pair(pairs, "version", attributes.version());
        pair(pairs, "trigger_kind", attributes.source());
        pair(pairs, "trigger_name", attributes.name());
        pair(pairs, "url", carrier.extra("url"));
        pair(pairs, "topic", carrier.extra("topic"));
        return pairs.toString();
    }

    private static String headerPairs(Map<String, String> headers) {
        StringBuilder pairs = new StringBuilder();
        headers.forEach((name, value) -> {
            pairs.append(pairs.isEmpty() ? "" : "\0");
            pairs.append(clean(name)).append('\0').append(clean(value));
        });
        return pairs.toString();
    }

    private static void pair(StringBuilder pairs, String name, String value) {
        if (!value.isEmpty()) {
            pairs.append(pairs.isEmpty() ? "" : "\0");
            pairs.append(name).append('\0').append(clean(value));
        }
    }

    /** A NUL ends a part of a pairs block; JSON can hold one. */
    private static String clean(String part) {
        return part.replace('\0', ' ');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the parts with 16-bit lengths fit them, the name of a method that shares one of them included. */
    boolean fits() {
        int most = 65_535 - carrier.method().length() - "method".length() - 2;
        return id.length <= most && extra.length <= most && contentType.length <= most;
    }

    @Override
    public Event carrier() {
        return carrier;
    }

    @Override
    public TriggerSource source() {
        return carrier.source();
    }

    @Override
    public long timeNanos() {
        return attributes.timeNanos();
    }

    @Override
    public String method() {
        return carrier.method();
    }

    @Override
    public int shard() {
        return carrier.shard();
    }

    @Override
    public long streamOffset() {
        return carrier.streamOffset();
    }

    @Override
    public boolean lastInBatch() {
        return carrier.lastInBatch();
    }

    @Override
    public int headBound() {
        return carrier.headBound() + id.length + extra.length + contentType.length + headers.length;
    }

    @Override
    public void putPath(ByteBuffer target) {
        carrier.putPath(target);
    }

    @Override
    public void putContentType(ByteBuffer target) {
        if (payload == null) {
            carrier.putContentType(target);
        } else {
            target.put(contentType);
        }
    }

    @Override
    public void putId(ByteBuffer target) {
        target.put(id);
    }

    @Override
    public void putExtra(ByteBuffer target) {
        target.put(extra);
    }

    @Override
    public void putHeaders(ByteBuffer target) {
        if (payload == null) {
            carrier.putHeaders(target);
        } else {
            target.put(headers);
        }
    }

    @Override
    public int bodyLength() {
        return payload == null ? carrier.bodyLength() : payload.body().length;
    }

    @Override
    public void putBody(ByteBuffer target, int from, int length) {
        if (payload == null) {
            carrier.putBody(target, from, length);
        } else {
            target.put(payload.body(), from, length);
        }
    }

    @Override
    public boolean hasObjectBody() {
        return payload != null && payload.isObject();
    }

    @Override
    public String path() {
        return carrier.path();
    }

    @Override
    public String query() {
        return carrier.query();
    }

    @Override
    public String contentType() {
        return payload == null ? carrier.contentType() : payload.contentType();
    }

    @Override
    public String id() {
        return attributes.id();
    }

    @Override
    public String extra(String name) {
        return switch (name) {
            case "type" -> attributes.type();
            case "type_version" -> attributes.typeVersion();
            case "version" -> attributes.version();
            case "trigger_kind" -> attributes.source();
            case "trigger_name" -> attributes.name();
            default -> carrier.extra(name);
        };
    }

    @Override
    public String header(String name) {
        if (payload == null) {
            return carrier.header(name);
        }
        for (Map.Entry<String, String> header : payload.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> consumer) {
        if (payload == null) {
            carrier.forEachHeader(consumer);
        } else {
            payload.headers().forEach(consumer);
        }
    }

    @Override
    public ByteBuffer body() {
        return payload == null
                ? carrier.body()
                : ByteBuffer.wrap(payload.body()).asReadOnlyBuffer();
    }
}
