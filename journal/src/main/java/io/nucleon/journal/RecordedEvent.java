package io.nucleon.journal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * An event as it was read, apart from the network or broker it came from. Immutable; texts that it does not have are empty.
 *
 * @param trigger name of the trigger
 * @param kind of the trigger as handlers see it
 * @param className {@code sync} or {@code async}
 * @param timeNanos when it was read, ns since 1970
 * @param query raw, without the question mark
 * @param sourceId its source's own id
 * @param shard -1 for none
 * @param extra name, value, name, value: topic, url and other members that are rarely set
 * @param headers name, value, name, value
 * @param body read-only; its position and limit are nobody's to move
 * @param objectBody whether the body is the JSON text of an object that the handler is to see parsed
 */
public record RecordedEvent(
        String trigger,
        String kind,
        String className,
        long timeNanos,
        String method,
        String path,
        String query,
        String contentType,
        String sourceId,
        int shard,
        long streamOffset,
        List<String> extra,
        List<String> headers,
        ByteBuffer body,
        boolean objectBody) {

    public RecordedEvent {
        if (extra.size() % 2 != 0 || headers.size() % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        extra = List.copyOf(extra);
        headers = List.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /** The same with other headers. */
    public RecordedEvent withHeaders(List<String> other) {
        return with(path, query, other, body);
    }

    RecordedEvent with(String otherPath, String otherQuery, List<String> otherHeaders, ByteBuffer otherBody) {
        return new RecordedEvent(
                trigger,
                kind,
                className,
                timeNanos,
                method,
                otherPath,
                otherQuery,
                contentType,
                sourceId,
                shard,
                streamOffset,
                extra,
                otherHeaders,
                otherBody,
                objectBody);
    }

    /** The last value of a header, matched without regard to case. */
    public Optional<String> header(String name) {
        return Pairs.last(headers, name);
    }

    /** A member of {@link #extra()}, empty if not set. */
    public String extra(String name) {
        return Pairs.last(extra, name).orElse("");
    }

    /** Where it came from, for people: {@code kafka orders-topic/2@88}, {@code POST /orders}. */
    public String origin() {
        return origin(trigger, kind, method, path, extra("topic"), shard, streamOffset);
    }

    /** The same of an event that is not recorded. */
    public static String origin(
            String trigger, String kind, String method, String path, String topic, int shard, long streamOffset) {
        if (kind.equals("http")) {
            return method + " " + path;
        }
        String place = topic.isEmpty() ? (path.isEmpty() ? trigger : path) : topic;
        return word(kind) + " " + place + (shard < 0 ? "" : "/" + shard + "@" + streamOffset);
    }

    /** What people call a kind of trigger. */
    public static String word(String kind) {
        return kind.equals("kafka-cluster") ? "kafka" : kind;
    }
}
