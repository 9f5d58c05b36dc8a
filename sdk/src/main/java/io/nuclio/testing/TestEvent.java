package io.nuclio.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nuclio.Event;
import io.nuclio.TriggerInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An event made by a test. Unless told otherwise it looks as one that came over HTTP: {@code GET /}, trigger {@code
 * http}, a random id, shard -1, and midnight of 1 January 1970 so that a test gives the same answer every day.
 *
 * <p>Never changes once built, except through the body's array, which the handler gets as it is.
 */
public final class TestEvent implements Event {

    private final String id;
    private final TestTrigger trigger;
    private final byte[] body;
    private final Map<String, Object> headers;
    private final Map<String, Object> fields;
    private final Instant timestamp;
    private final String path;
    private final String url;
    private final String method;
    private final long shardId;
    private final long totalNumShards;
    private final String type;
    private final String typeVersion;
    private final String version;
    private final String topic;
    private final long offset;

    private TestEvent(Builder from) {
        id = from.id == null ? UUID.randomUUID().toString() : from.id;
        trigger = from.trigger;
        body = from.body.clone();
        headers = from.headersOf(trigger);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(from.fields));
        timestamp = from.timestamp;
        path = from.path;
        url = from.url;
        method = from.method;
        shardId = from.shardId;
        totalNumShards = from.totalNumShards;
        type = from.type;
        typeVersion = from.typeVersion;
        version = from.version;
        topic = from.topic;
        offset = from.offset;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A GET request; the path has no query, see {@link Builder#field}. */
    public static Builder get(String path) {
        return builder().method("GET").path(path);
    }

    /** A POST request; the path has no query, see {@link Builder#field}. */
    public static Builder post(String path) {
        return builder().method("POST").path(path);
    }

    @Override
    public String getID() {
        return id;
    }

    @Override
    public TriggerInfo getTriggerInfo() {
        return trigger;
    }

    @Override
    public String getContentType() {
        String contentType = getHeaderString("Content-Type");
        return contentType == null ? "" : contentType;
    }

    @Override
    public byte[] getBody() {
        return body;
    }

    @Override
    public Map<String, Object> getHeaders() {
        return headers;
    }

    @Override
    public Map<String, Object> getFields() {
        return fields;
    }

    @Override
    public Date getTimestamp() {
        return Date.from(timestamp);
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public String getURL() {
        return url;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public long getShardID() {
        return shardId;
    }

    @Override
    public long getTotalNumShards() {
        return totalNumShards;
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public String getTypeVersion() {
        return typeVersion;
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public String getTopic() {
        return topic;
    }

    @Override
    public long getOffset() {
        return offset;
    }

    /** What a {@link TestEvent} is made of. Confined to one thread; may build more than one event. */
    public static final class Builder {

        private String id;
        private TestTrigger trigger = new TestTrigger("sync", "http", "http");
        private byte[] body = {};
        private final Map<String, Object> headers = new LinkedHashMap<>();
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private Instant timestamp = Instant.EPOCH;
        private String path = "/";
        private String url = "";
        private String method = "GET";
        private long shardId = -1;
        private long totalNumShards;
        private String type = "";
        private String typeVersion = "";
        private String version = "";
        private String topic = "";
        private long offset;

        private Builder() {}

        public TestEvent build() {
            return new TestEvent(this);
        }

        /** A random one, new for each event, unless set. */
        public Builder id(String id) {
            this.id = id;
            return this;
        }

        /** For instance {@code trigger("async", "kafka-cluster", "orders")}. */
        public Builder trigger(String className, String kindName, String name) {
            this.trigger = new TestTrigger(className, kindName, name);
            return this;
        }

        /** Sets the header of that name; an event's content type is what this header says. */
        public Builder contentType(String contentType) {
            return header("Content-Type", contentType);
        }

        /** Text, sent as UTF-8. */
        public Builder body(String body) {
            this.body = body.getBytes(UTF_8);
            return this;
        }

        /** Copies the bytes. */
        public Builder body(byte[] body) {
            this.body = body.clone();
            return this;
        }

        /** The last value of a name wins. For HTTP the name takes the form {@code X-Foo-Bar}, as on the wire. */
        public Builder header(String name, Object value) {
            headers.put(name, value);
            return this;
        }

        /** Over HTTP a query parameter. */
        public Builder field(String name, Object value) {
            fields.put(name, value);
            return this;
        }

        public Builder timestamp(Instant timestamp) {
            this.timestamp = timestamp;
            return this;
        }

        /** Fails on a query, which a handler finds in the event's fields and never here. */
        public Builder path(String path) {
            if (path.indexOf('?') >= 0) {
                throw new IllegalArgumentException(
                        "path '" + path + "' has a query, which events don't carry there; use field(name, value)");
            }
            this.path = path;
            return this;
        }

        public Builder url(String url) {
            this.url = url;
            return this;
        }

        public Builder method(String method) {
            this.method = method;
            return this;
        }

        public Builder shard(long shardId, long totalNumShards) {
            this.shardId = shardId;
            this.totalNumShards = totalNumShards;
            return this;
        }

        public Builder type(String type) {
            this.type = type;
            return this;
        }

        public Builder typeVersion(String typeVersion) {
            this.typeVersion = typeVersion;
            return this;
        }

        public Builder version(String version) {
            this.version = version;
            return this;
        }

        public Builder topic(String topic) {
            this.topic = topic;
            return this;
        }

        public Builder offset(long offset) {
            this.offset = offset;
            return this;
        }

        private Map<String, Object> headersOf(TestTrigger source) {
            Map<String, Object> named = new LinkedHashMap<>();
            boolean http = source.kindName().equals("http");
            headers.forEach((name, value) -> named.put(http ? HeaderNames.canonical(name) : name, value));
            return Collections.unmodifiableMap(named);
        }
    }
}
