package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.wrapper.handler.HandlerTrigger;
import io.nucleon.wrapper.handler.QueryFields;
import io.nuclio.Event;
import io.nuclio.TriggerInfo;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An event as its handler sees it: a face on a frame, which is decoded only where the handler looks. Valid until the handler returns;
 * what was read before stays readable.
 */
final class WireEvent implements Event {

    private static final long NANOS = 1_000_000_000L;

    private final Hello hello;
    private Frame frame;
    private String id;
    private String path;
    private String query;
    private byte[] body;
    private Map<String, Object> headers;
    private Map<String, Object> extra;
    private Map<String, Object> fields;

    WireEvent(Frame frame, Hello hello) {
        this.frame = frame;
        this.hello = hello;
    }

    /** The handler has returned. */
    void revoke() {
        frame = null;
    }

    private Frame lent() {
        Frame now = frame;
        if (now == null) {
            throw new IllegalStateException(
                    "the event was read after its handler had returned; take what you need before");
        }
        return now;
    }

    @Override
    public String getID() {
        if (id == null) {
            byte[] given = lent().id();
            id = given.length == 0 ? UUID.randomUUID().toString() : new String(given, UTF_8);
        }
        return id;
    }

    @Override
    public TriggerInfo getTriggerInfo() {
        String kind = extra("trigger_kind");
        String name = extra("trigger_name");
        if (!kind.isEmpty() || !name.isEmpty()) {
            // An event that carries another source's name (CloudEvents), whose class nuclio gives as "unsupported".
            return new HandlerTrigger(kind, name, "unsupported");
        }
        List<HandlerTrigger> triggers = hello.triggers();
        int index = lent().code() >> 8;
        return index < triggers.size() ? triggers.get(index) : new HandlerTrigger("", "", "");
    }

    @Override
    public String getContentType() {
        return new String(lent().contentType(), UTF_8);
    }

    @Override
    public byte[] getBody() {
        if (body == null) {
            body = lent().body();
        }
        return body;
    }

    @Override
    public ByteBuffer getBodyBuffer() {
        return hello.bodyView() ? lent().bodyView() : ByteBuffer.wrap(getBody()).asReadOnlyBuffer();
    }

    @Override
    public Map<String, Object> getHeaders() {
        if (headers == null) {
            headers = pairs(lent().headers());
        }
        return headers;
    }

    @Override
    public Map<String, Object> getFields() {
        if (fields == null) {
            readPath();
            fields = QueryFields.of(query);
        }
        return fields;
    }

    @Override
    public Date getTimestamp() {
        return Date.from(Instant.ofEpochSecond(Math.floorDiv(lent().time(), NANOS)));
    }

    @Override
    public String getPath() {
        readPath();
        return path;
    }

    private void readPath() {
        if (path == null) {
            String both = new String(lent().path(), UTF_8);
            int end = both.indexOf('\0');
            path = end < 0 ? both : both.substring(0, end);
            query = end < 0 ? "" : both.substring(end + 1);
        }
    }

    @Override
    public String getURL() {
        return extra("url");
    }

    @Override
    public String getMethod() {
        int index = lent().code() & 0xFF;
        return index < hello.methods().size() && index != Layout.METHOD_IN_EXTRA
                ? hello.methods().get(index)
                : extra("method");
    }

    @Override
    public long getShardID() {
        return lent().shard();
    }

    @Override
    public long getTotalNumShards() {
        try {
            return Long.parseLong(extra("num_shards"));
        } catch (NumberFormatException noneOrNoNumber) {
            return 0;
        }
    }

    @Override
    public String getType() {
        return extra("type");
    }

    @Override
    public String getTypeVersion() {
        return extra("type_version");
    }

    @Override
    public String getVersion() {
        return extra("version");
    }

    @Override
    public String getTopic() {
        return extra("topic");
    }

    @Override
    public long getOffset() {
        return lent().streamOffset();
    }

    private String extra(String name) {
        if (extra == null) {
            extra = pairs(lent().extra());
        }
        return (String) extra.getOrDefault(name, "");
    }

    /** A pairs block as a map; the last of a name wins. */
    private static Map<String, Object> pairs(byte[] block) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        int at = 0;
        while (at < block.length) {
            int nameEnd = endOfPart(block, at);
            int valueEnd = endOfPart(block, Math.min(nameEnd + 1, block.length));
            int valueFrom = Math.min(nameEnd + 1, block.length);
            pairs.put(
                    new String(block, at, nameEnd - at, UTF_8),
                    new String(block, valueFrom, valueEnd - valueFrom, UTF_8));
            at = valueEnd + 1;
        }
        return pairs;
    }

    private static int endOfPart(byte[] block, int from) {
        int at = from;
        while (at < block.length && block[at] != 0) {
            at++;
        }
        return at;
    }
}
